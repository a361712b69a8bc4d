package storm.store.messages;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import java.util.OptionalLong;
import org.bson.Document;
import org.bson.types.ObjectId;
import storm.protocol.ids.ChannelId;
import storm.store.StoreCalls;

/// Gives out the seqs of channels, to the owner of their partition alone.
///
/// Touches `lastSeq` and `fence` of collection `channels`: the fencing number only grows, so a worker that
/// lost its
/// partition to a later owner gets none.
public final class SeqAllotment {
    private final MongoCollection<Document> channels;

    public SeqAllotment(MongoDatabase database) {
        this.channels = database.getCollection("channels");
    }

    /// Takes the next `count` seqs of a channel.
    ///
    /// @param fence of the lease under which they are taken
    /// @return the first of them; empty if the channel is gone or a later owner was there
    public OptionalLong take(ChannelId channel, int count, long fence) {
        Document after = StoreCalls.reaching(() -> channels.findOneAndUpdate(
                and(eq("_id", new ObjectId(channel.value())), eq("deletedAt", null), not(gt("fence", fence))),
                combine(inc("lastSeq", (long) count), set("fence", fence)),
                new FindOneAndUpdateOptions()
                        .returnDocument(ReturnDocument.AFTER)
                        .projection(Projections.include("lastSeq"))));
        return after == null
                ? OptionalLong.empty()
                : OptionalLong.of(after.get("lastSeq", Number.class).longValue() - count + 1);
    }
}
