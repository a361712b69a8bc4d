package storm.core.channelevents;

import storm.protocol.ids.ChannelId;

/// One event of a channel as clients get it.
///
/// @param text the finished WebSocket frame, to be sent as it is
public record ChannelFrame(ChannelId channelId, long seq, String text) {
    @Override
    public String toString() {
        return "ChannelFrame[" + channelId + " seq " + seq + "]";
    }
}
