package storm.ws.channels;

import java.util.function.Consumer;
import storm.core.channelevents.ChannelFrame;
import storm.core.channelevents.Replay;
import storm.core.signals.ChannelSignals.Signal;
import storm.protocol.ids.ChannelId;

/// The events of channels as the servers keep and announce them.
interface EventLog {
    /// Something announced on a channel's topic, still sealed.
    sealed interface Announced {
        /// An event of the sequence.
        ///
        /// @param publishedNanos when it was published, by this machine's `System.nanoTime()`; 0 if unknown
        record Event(long seq, long publishedNanos, String message) implements Announced {}

        /// Something beside it.
        record Sign(String message) implements Announced {}
    }

    /// Begins to announce a channel's events to the listener, which must not block; returns when none can be missed.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    void follow(ChannelId channelId, Consumer<Announced> listener);

    void unfollow(ChannelId channelId);

    /// The newest seq that is kept, 0 if nothing is.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    long newest(ChannelId channelId);

    /// What is kept after a seq, oldest first; without what does not open.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    Replay after(ChannelId channelId, long seq, int limit);

    /// Opens an announced event.
    ///
    /// @throws storm.core.crypto.BrokenSealException if it was not sealed with our key
    ChannelFrame open(ChannelId channelId, Announced.Event event);

    /// @throws storm.core.crypto.BrokenSealException if it was not sealed with our key
    Signal open(ChannelId channelId, Announced.Sign sign);
}
