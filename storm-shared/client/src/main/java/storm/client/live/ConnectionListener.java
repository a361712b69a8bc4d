package storm.client.live;

import java.time.Duration;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;

/// Hears what a live connection brings, in order, on one thread.
///
/// A slow listener slows reading and may in the end be closed as a slow consumer, after which the connection resumes;
/// so hand long work to another thread. What it throws is logged and changes nothing.
public interface ConnectionListener {
    /// The connection stands, for the first time or again. What was missed meanwhile follows as events.
    default void ready(ServerEvent.ConnectionReady ready) {}

    /// Something happened. A channel's events come in `seq` order and once each.
    default void event(ServerEvent event) {}

    /// Events of a channel after `afterSeq` and up to `upToSeq` are no longer kept: page the history instead.
    default void missed(ChannelId channel, long afterSeq, long upToSeq) {}

    /// The connection was lost and will be tried again.
    default void interrupted(String reason, Duration retryIn) {}

    /// The connection ended for good, other than by [StormConnection#close].
    default void stopped(StormException reason) {}
}
