package storm.protocol.channels;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// A channel.
///
/// @param lastSeq sequence number of its newest event; 0 before the first
/// @param unreadCount events after the caller's read marker; absent where there is no caller to count for
public record Channel(
        ChannelId id,
        String name,
        String description,
        UserId createdBy,
        List<UserId> members,
        boolean isArchived,
        long lastSeq,
        @Nullable Long unreadCount,
        Instant createdAt,
        Instant updatedAt) {
    public Channel {
        members = List.copyOf(members);
    }
}
