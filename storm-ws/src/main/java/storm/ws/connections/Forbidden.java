package storm.ws.connections;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;

/// The refusal of an event in a channel, which the client is told with the channel's id.
public final class Forbidden {
    private static final String CHANNEL = "channelId";

    private Forbidden() {}

    public static StormException in(ChannelId channelId) {
        return new StormException(
                ErrorCode.FORBIDDEN, "not a member of the channel", Map.of(CHANNEL, channelId.value()), null, null);
    }

    /// The channel of a refusal.
    public static @Nullable ChannelId channelOf(StormException e) {
        String id = e.details().get(CHANNEL);
        return id == null ? null : new ChannelId(id);
    }
}
