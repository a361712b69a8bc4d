package storm.store.readmarkers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.StoreCalls;

/// How far a user has read a channel. Collection `read_markers`, unique by user and channel.
///
/// Every method throws SERVICE_UNAVAILABLE if the database is out of reach.
public class ReadMarkerStore {
    private static final FindOneAndUpdateOptions UPSERT =
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> markers;

    public ReadMarkerStore(MongoDatabase database) {
        markers = database.getCollection("read_markers");
    }

    public void createIndexes() {
        StoreCalls.reaching(() -> {
            markers.createIndex(Indexes.ascending("userId", "channelId"), new IndexOptions().unique(true));
            return markers.createIndex(Indexes.ascending("channelId"));
        });
    }

    /// Moves a marker up, never down, and gives where it is then.
    public long advance(UserId user, ChannelId channel, long seq) {
        Bson marker = and(eq("userId", new ObjectId(user.value())), eq("channelId", new ObjectId(channel.value())));
        Document after;
        try {
            after = advance(marker, seq);
        } catch (MongoException e) {
            if (!StoreCalls.isDuplicateKey(e)) {
                throw e;
            }
            // Two first calls met: the row is there now.
            after = advance(marker, seq);
        }
        return after.get("seq", Number.class).longValue();
    }

    private Document advance(Bson marker, long seq) {
        Document after = StoreCalls.reaching(() -> markers.findOneAndUpdate(marker, Updates.max("seq", seq), UPSERT));
        if (after == null) {
            throw new IllegalStateException("an upsert gave no row");
        }
        return after;
    }

    /// A user's markers in these channels; a channel never read is absent.
    public Map<ChannelId, Long> of(UserId user, Collection<ChannelId> channels) {
        Bson filter = and(
                eq("userId", new ObjectId(user.value())),
                in(
                        "channelId",
                        channels.stream().map(id -> new ObjectId(id.value())).toList()));
        Map<ChannelId, Long> found = new HashMap<>();
        StoreCalls.reaching(() -> {
            for (Document row : markers.find(filter)) {
                found.put(
                        new ChannelId(row.getObjectId("channelId").toHexString()),
                        row.get("seq", Number.class).longValue());
            }
            return found;
        });
        return found;
    }
}
