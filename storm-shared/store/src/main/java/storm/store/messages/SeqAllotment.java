package storm.store.messages;

import static com.mongodb.client.model.Filters.all;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.StoreCalls;

/// Gives out the seqs of channels, to the owner of their partition alone.
///
/// Touches `lastSeq` and `fence` of collection `channels`: the fencing number only grows, so a worker that lost its
/// partition to a later owner gets none.
public final class SeqAllotment {
    private final MongoCollection<Document> channels;

    public SeqAllotment(MongoDatabase database) {
        // What was just written is read back, which a secondary may not know yet.
        this.channels = database.getCollection("channels").withReadPreference(ReadPreference.primary());
    }

    /// Takes the next seqs of several channels in two round trips, however many they are.
    ///
    /// What was taken is read back after: under this fence nobody else takes any, and a channel that a later
    /// owner has touched since shows that owner's.
    ///
    /// @param counts how many of each channel
    /// @param fence of the lease under which they are taken
    /// @return the first of each channel's; without those that are gone or where a later owner was
    public Map<ChannelId, Long> take(Map<ChannelId, Integer> counts, long fence) {
        Map<ChannelId, Long> firsts = new HashMap<>();
        if (counts.size() == 1) {
            counts.forEach(
                    (channel, count) -> take(channel, count, fence).ifPresent(first -> firsts.put(channel, first)));
            return firsts;
        }
        List<UpdateOneModel<Document>> updates = new ArrayList<>();
        counts.forEach((channel, count) -> updates.add(new UpdateOneModel<>(
                open(channel, fence), combine(inc("lastSeq", (long) count), set("fence", fence)))));
        StoreCalls.reaching(() -> {
            channels.bulkWrite(updates, new BulkWriteOptions().ordered(false));
            channels.find(and(
                            in(
                                    "_id",
                                    counts.keySet().stream()
                                            .map(id -> new ObjectId(id.value()))
                                            .toList()),
                            eq("deletedAt", null),
                            eq("fence", fence)))
                    .projection(Projections.include("lastSeq"))
                    .forEach(row -> {
                        ChannelId channel = new ChannelId(row.getObjectId("_id").toHexString());
                        int count = counts.getOrDefault(channel, 0);
                        firsts.put(channel, row.get("lastSeq", Number.class).longValue() - count + 1);
                    });
            return firsts;
        });
        return firsts;
    }

    /// Takes the next `count` seqs of a channel.
    ///
    /// @param fence of the lease under which they are taken
    /// @return the first of them; empty if the channel is gone or a later owner was there
    public OptionalLong take(ChannelId channel, int count, long fence) {
        return take(open(channel, fence), count, fence);
    }

    /// Takes the next `count` seqs of a channel in which these users may write.
    ///
    /// @param fence of the lease under which they are taken
    /// @return the first of them; empty if the channel is gone or archived, one of the users is no member, or a
    ///     later owner was there
    public OptionalLong takeFor(Set<UserId> senders, ChannelId channel, int count, long fence) {
        List<ObjectId> members =
                senders.stream().map(sender -> new ObjectId(sender.value())).toList();
        return take(and(open(channel, fence), ne("isArchived", true), all("members", members)), count, fence);
    }

    private OptionalLong take(Bson filter, int count, long fence) {
        Document after = StoreCalls.reaching(() -> channels.findOneAndUpdate(
                filter,
                combine(inc("lastSeq", (long) count), set("fence", fence)),
                new FindOneAndUpdateOptions()
                        .returnDocument(ReturnDocument.AFTER)
                        .projection(Projections.include("lastSeq"))));
        return after == null
                ? OptionalLong.empty()
                : OptionalLong.of(after.get("lastSeq", Number.class).longValue() - count + 1);
    }

    /// The channel, unless it is gone or a later owner was there.
    private static Bson open(ChannelId channel, long fence) {
        return and(eq("_id", new ObjectId(channel.value())), eq("deletedAt", null), not(gt("fence", fence)));
    }
}
