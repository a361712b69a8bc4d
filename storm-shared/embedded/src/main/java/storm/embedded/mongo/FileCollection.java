package storm.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection in the file whose unique indexes serve every filter that fixes their keys, whatever else it asks for.
///
/// The library's own takes an index only for a filter on exactly its keys, and reads the whole collection for a
/// messageId beside a condition.
final class FileCollection extends H2Collection {
    private static final Document ALL = new Document();

    private final MVMap<Object, Document> documents;

    FileCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
        this.documents = documents;
    }

    /// One by one, for aggregations, which drivers count by: the library's way loads the whole collection first.
    @Override
    public Stream<Document> queryAllAsStream() {
        return documents.values().stream();
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        Document conditions = new Document();
        collect(query, conditions);
        for (Index<Object> index : getIndexes()) {
            Document keys = new Document();
            for (IndexKey key : index.getKeys()) {
                if (conditions.containsKey(key.getKey())) {
                    keys.put(key.getKey(), conditions.get(key.getKey()));
                }
            }
            if (index.canHandle(keys)) {
                // What the index has found needs no second look: for many ids that is a search of all of them for each.
                Document rest = query.equals(keys) && isPlain(keys) ? ALL : query;
                return matchDocuments(rest, index.getPositions(keys), orderBy, skip, limit, batchSize, fields);
            }
        }
        return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
    }

    /// The conditions that all must hold, of each field the first.
    private static void collect(Document query, Document conditions) {
        query.forEach((field, condition) -> {
            if (field.equals("$and") && condition instanceof Collection<?> parts) {
                for (Object part : parts) {
                    if (part instanceof Document document) {
                        collect(document, conditions);
                    }
                }
            } else if (!conditions.containsKey(field)) {
                conditions.put(field, condition);
            }
        });
    }

    /// Whether these are ids and texts, or lists of them.
    private static boolean isPlain(Document keys) {
        return keys.values().stream().allMatch(condition -> {
            if (condition instanceof Document in && in.size() == 1 && in.get("$in") instanceof Collection<?> values) {
                return values.stream().allMatch(FileCollection::isPlain);
            }
            return isPlain(condition);
        });
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof ObjectId;
    }

    /// Short for what sets plain values in fields that no index knows: the library's way, for every kind of update,
    /// copies and compares each document four times.
    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean isMulti, boolean isUpsert, Oplog oplog) {
        if (!isMulti || isUpsert || !(update.get("$set") instanceof Document values) || !isPlainSet(update, values)) {
            return super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog);
        }
        int matched = 0;
        List<Object> changed = new ArrayList<>();
        for (Document before : queryDocuments(selector, null, 0, 0, 0, null)) {
            matched++;
            Document after = before.clone();
            after.putAll(values);
            if (!after.equals(before)) {
                Object id = before.get(getIdField());
                handleUpdate(id, before, after);
                changed.add(id);
            }
        }
        oplog.handleUpdate(getFullName(), selector, update, changed);
        return new Document("n", matched).append("nModified", changed.size());
    }

    private boolean isPlainSet(Document update, Document values) {
        return update.size() == 1
                && values.entrySet().stream()
                        .allMatch(each -> each.getKey().matches("[A-Za-z]\\w*")
                                && (isPlain(each.getValue()) || each.getValue() instanceof Instant)
                                && getIndexes().stream()
                                        .noneMatch(index -> index.getKeys().stream()
                                                .anyMatch(key -> key.getKey().startsWith(each.getKey()))));
    }

    /// Nobody asks for it, and it would cost every write another encoding.
    @Override
    protected boolean tracksDataSize() {
        return false;
    }
}
