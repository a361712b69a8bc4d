package storm.store.channels;

import java.util.Set;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// What a worker has to know of a channel to let a message in.
public record ChannelState(ChannelId id, Set<UserId> members, boolean archived, long lastSeq) {
    public ChannelState {
        members = Set.copyOf(members);
    }
}
