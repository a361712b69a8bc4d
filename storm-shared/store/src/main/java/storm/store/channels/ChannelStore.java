package storm.store.channels;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.store.pages.PageRequest;

/// The channels. Every method throws SERVICE_UNAVAILABLE if the database is out of reach.
///
/// A channel is deleted in two steps, so that a crash between them loses nothing: [#bury] makes it unknown to
/// everybody, [#remove] takes away what is left once its messages are gone.
public interface ChannelStore {

    static ChannelStore in(MongoDatabase database, Clock clock) {
        return new MongoChannelStore(database, clock);
    }

    void createIndexes();

    /// @throws storm.protocol.errors.StormException CONFLICT if the name is taken
    StoredChannel insert(String name, String description, UserId creator);

    Optional<StoredChannel> find(ChannelId id);

    Page<StoredChannel> list(ChannelFilter filter, PageRequest page);

    /// Changes a channel, and gives it as it is then.
    ///
    /// @throws storm.protocol.errors.StormException CONFLICT if the name is taken
    Optional<StoredChannel> update(ChannelId id, ChannelPatch patch);

    /// Adds a member, and gives the channel as it is then.
    ///
    /// @return empty if there is no such channel, or the user is a member already
    Optional<StoredChannel> addMember(ChannelId id, UserId user);

    /// Removes a member, and gives the channel as it is then.
    ///
    /// @return empty if there is no such channel, or the user is no member
    Optional<StoredChannel> removeMember(ChannelId id, UserId user);

    /// Makes a channel unknown: no member, no name, in no list.
    ///
    /// @return what it was; empty if there is no such channel
    Optional<StoredChannel> bury(ChannelId id);

    /// The channels that were buried before, and still have rows.
    List<ChannelId> buried(Instant before);

    /// Removes the messages and read markers of a buried channel.
    void removeContents(ChannelId id);

    /// Removes the last of a buried channel.
    void remove(ChannelId id);
}
