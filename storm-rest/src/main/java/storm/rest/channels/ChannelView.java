package storm.rest.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import storm.protocol.channels.Channel;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.rest.access.Caller;
import storm.store.channels.StoredChannel;
import storm.store.readmarkers.ReadMarkerStore;

/// Channels as a caller sees them: with what they have not read yet.
@Singleton
public class ChannelView {
    private final ReadMarkerStore readMarkers;

    @Inject
    public ChannelView(ReadMarkerStore readMarkers) {
        this.readMarkers = readMarkers;
    }

    Channel of(Caller caller, StoredChannel channel) {
        return of(caller, List.of(channel)).getFirst();
    }

    List<Channel> of(Caller caller, List<StoredChannel> channels) {
        UserId user = caller.userId();
        Map<ChannelId, Long> markers =
                readMarkers.of(user, channels.stream().map(StoredChannel::id).toList());
        return channels.stream()
                .map(channel -> shown(
                        channel,
                        Math.max(0, channel.lastSeq() - markers.getOrDefault(channel.id(), 0L)),
                        channel.hasMember(user)))
                .toList();
    }

    private static Channel shown(StoredChannel channel, long unread, boolean member) {
        return new Channel(
                channel.id(),
                channel.name(),
                channel.description(),
                channel.createdBy(),
                channel.members(),
                channel.isArchived(),
                channel.lastSeq(),
                member ? unread : null,
                channel.createdAt(),
                channel.updatedAt());
    }
}
