package storm.rest.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import storm.core.signals.ChannelSignals;
import storm.protocol.channels.ReadMarker;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.rest.access.AccessPolicy;
import storm.rest.access.Caller;
import storm.store.channels.StoredChannel;
import storm.store.readmarkers.ReadMarkerStore;

/// Moves read markers up and tells the channel's other members.
@Singleton
public class ReadService {
    private final ChannelService channels;
    private final ReadMarkerStore markers;
    private final ChannelSignals signals;
    private final AccessPolicy policy;

    @Inject
    public ReadService(ChannelService channels, ReadMarkerStore markers, ChannelSignals signals, AccessPolicy policy) {
        this.channels = channels;
        this.markers = markers;
        this.signals = signals;
        this.policy = policy;
    }

    /// A marker beyond the channel's newest event stops there.
    ///
    /// @return where the marker is now
    /// @throws StormException NOT_FOUND, FORBIDDEN, SERVICE_UNAVAILABLE
    public ReadMarker advance(Caller caller, ChannelId id, ReadMarker asked) {
        StoredChannel channel = channels.find(id);
        policy.takePart(caller, channel);
        long seq = Math.min(asked.seq(), channel.lastSeq());
        long marked = markers.advance(caller.userId(), id, seq);
        signals.publish(id, caller.userId(), new ServerEvent.ChannelRead(id, caller.userId(), marked));
        return new ReadMarker(marked);
    }
}
