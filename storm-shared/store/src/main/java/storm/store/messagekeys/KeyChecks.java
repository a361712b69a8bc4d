package storm.store.messagekeys;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import storm.core.config.BadSettingException;
import storm.store.StoreCalls;
import storm.store.messages.MessageStore;

/// Finds out at start whether the key ring fits the stored messages, before anything is encrypted with a wrong
/// key.
///
/// Collection `message_keys`: a key's id and fingerprint, from its first use until no message is under it any
/// more.
public final class KeyChecks {
    private static final String EXAMPLE = "k2:<64 hex digits>,k1:<64 hex digits>";

    private final MongoCollection<Document> known;
    private final MessageStore messages;

    public KeyChecks(MongoDatabase database, MessageStore messages) {
        this.known = database.getCollection("message_keys");
        this.messages = messages;
    }

    /// Compares the ring with the keys in use, and remembers those that are new.
    ///
    /// @throws BadSettingException if an id has another key than before, or a key that is in use is missing
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE if the database is out of reach
    public void verify(KeyRing ring) {
        Map<String, String> before = new HashMap<>();
        List<Document> rows = StoreCalls.reaching(() -> known.find().into(new ArrayList<>()));
        rows.forEach(row -> before.put(row.getString("_id"), row.getString("fingerprint")));
        before.keySet().stream().filter(id -> !ring.ids().contains(id)).forEach(this::retire);
        for (String id : ring.ids()) {
            String fingerprint = ring.fingerprint(id);
            String remembered = before.get(id);
            if (remembered == null) {
                Document row = new Document("_id", id).append("fingerprint", fingerprint);
                StoreCalls.reaching(() -> known.replaceOne(eq("_id", id), row, new ReplaceOptions().upsert(true)));
            } else if (!remembered.equals(fingerprint)) {
                throw new BadSettingException(
                        KeyRing.PROPERTY,
                        "has another key as " + id + " than the one messages are stored with",
                        EXAMPLE);
            }
        }
    }

    private void retire(String id) {
        if (messages.anyUnder(id)) {
            throw new BadSettingException(
                    KeyRing.PROPERTY, "lacks the key " + id + ", with which messages are stored", EXAMPLE);
        }
        StoreCalls.reaching(() -> known.deleteOne(eq("_id", id)));
    }
}
