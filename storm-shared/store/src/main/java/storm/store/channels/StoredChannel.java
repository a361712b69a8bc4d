package storm.store.channels;

import java.time.Instant;
import java.util.List;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// A channel as the database has it.
///
/// @param version counts up with every change of name, description or archiving
public record StoredChannel(
        ChannelId id,
        String name,
        String description,
        UserId createdBy,
        List<UserId> members,
        boolean isArchived,
        long lastSeq,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    public StoredChannel {
        members = List.copyOf(members);
    }

    public boolean hasMember(UserId user) {
        return members.contains(user);
    }
}
