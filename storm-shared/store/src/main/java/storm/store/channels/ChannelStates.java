package storm.store.channels;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.StoreCalls;

/// Reads who is in which channel, for the worker. Every method throws SERVICE_UNAVAILABLE if the database is
/// out of reach.
public final class ChannelStates {
    private static final Bson FIELDS = Projections.include("members", "isArchived", "lastSeq");

    private final MongoCollection<Document> channels;

    public ChannelStates(MongoDatabase database) {
        this.channels = database.getCollection("channels");
    }

    /// These channels; one that is not there is absent.
    public Map<ChannelId, ChannelState> of(Collection<ChannelId> ids) {
        return read(in("_id", ids.stream().map(id -> new ObjectId(id.value())).toList()), FIELDS);
    }

    /// The channels of a user, without their members.
    public Collection<ChannelState> ofMember(UserId user) {
        return read(eq("members", new ObjectId(user.value())), Projections.include("isArchived", "lastSeq"))
                .values();
    }

    /// Those of the users who share a channel with the one.
    public Set<UserId> sharing(UserId one, Collection<UserId> users) {
        Set<UserId> sharing = new HashSet<>();
        for (ChannelState state :
                read(eq("members", new ObjectId(one.value())), FIELDS).values()) {
            users.stream().filter(state.members()::contains).forEach(sharing::add);
        }
        return sharing;
    }

    private Map<ChannelId, ChannelState> read(Bson filter, Bson fields) {
        return StoreCalls.reaching(() -> {
            Map<ChannelId, ChannelState> states = new HashMap<>();
            channels.find(and(filter, eq("deletedAt", null))).projection(fields).forEach(row -> {
                ChannelState state = state(row);
                states.put(state.id(), state);
            });
            return states;
        });
    }

    private static ChannelState state(Document row) {
        Set<UserId> members = new HashSet<>();
        if (row.containsKey("members")) {
            row.getList("members", ObjectId.class).forEach(member -> members.add(new UserId(member.toHexString())));
        }
        return new ChannelState(
                new ChannelId(row.getObjectId("_id").toHexString()),
                members,
                row.getBoolean("isArchived", false),
                row.get("lastSeq", Number.class).longValue());
    }
}
