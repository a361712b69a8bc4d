package storm.store.audit;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.audit.AuditEntry;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.store.StoreCalls;
import storm.store.pages.Keyset;
import storm.store.pages.PageRequest;

/// The audit log. Collection `audit_log`; nothing here changes or removes an entry.
///
/// Every method throws SERVICE_UNAVAILABLE if the database is out of reach.
public class AuditStore {
    private final AuditRows rows;
    private final MongoCollection<Document> entries;

    public AuditStore(MongoDatabase database, AuditRows rows) {
        this.rows = rows;
        entries = database.getCollection("audit_log");
    }

    public void createIndexes() {
        StoreCalls.reaching(() -> {
            for (String field : List.of("actorId", "action", "target")) {
                entries.createIndex(
                        Indexes.compoundIndex(Indexes.ascending(field), Indexes.descending("createdAt", "_id")));
            }
            return entries.createIndex(Indexes.descending("createdAt", "_id"));
        });
    }

    public static String newId() {
        return new ObjectId().toHexString();
    }

    public void append(AuditEntry entry) {
        StoreCalls.reaching(() -> {
            rows.insert(AuditRow.of(entry));
            return entry;
        });
    }

    /// A page, newest first.
    public Page<AuditEntry> list(AuditFilter filter, PageRequest page) {
        List<Bson> conditions = new ArrayList<>();
        if (filter.actor() != null) {
            conditions.add(eq("actorId", new ObjectId(filter.actor().value())));
        }
        if (filter.action() != null) {
            conditions.add(begins("action", filter.action()));
        }
        if (filter.target() != null) {
            conditions.add(begins("target", filter.target()));
        }
        if (filter.from() != null) {
            conditions.add(gte("createdAt", Date.from(filter.from())));
        }
        if (filter.to() != null) {
            conditions.add(lt("createdAt", Date.from(filter.to())));
        }
        return Keyset.page(entries, conditions.isEmpty() ? new Document() : and(conditions), page, AuditStore::read);
    }

    /// A range rather than a regular expression: it uses the index, and nothing in the text means anything.
    private static Bson begins(String field, String prefix) {
        return and(gte(field, prefix), lt(field, prefix + Character.MAX_VALUE));
    }

    private static AuditEntry read(Document row) {
        Map<String, String> details = new LinkedHashMap<>();
        row.get("details", new Document()).forEach((name, value) -> details.put(name, String.valueOf(value)));
        return new AuditEntry(
                row.getObjectId("_id").toHexString(),
                new UserId(row.getObjectId("actorId").toHexString()),
                row.getString("action"),
                row.getString("target"),
                details,
                row.getDate("createdAt").toInstant(),
                row.getString("requestId"));
    }
}
