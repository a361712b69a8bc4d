package storm.core.channelevents;

import java.util.List;

/// Events read back from a channel's stream, in seq order.
///
/// @param complete whether nothing between the asked seq and the first of these was trimmed away. A seq that
///     is missing
///     in between was never used: a worker gave it out and died, and it will not come any more
/// @param more whether the stream holds events after the last of these
public record Replay(List<ChannelFrame> frames, boolean complete, boolean more) {
    public Replay {
        frames = List.copyOf(frames);
    }
}
