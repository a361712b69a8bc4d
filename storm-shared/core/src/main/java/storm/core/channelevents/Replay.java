package storm.core.channelevents;

import java.util.List;

/// Events read back from a channel's stream, in seq order.
///
/// @param complete whether nothing between the asked seq and the first of these was trimmed away, and all that
///     was read opens. A seq that is missing in between was never used: a worker gave it out and died, and it will
///     not come any more
/// @param upTo the seq of the last that was read, whether it opens or not; the asked one if there was none
/// @param more whether the stream holds events after that
public record Replay(List<ChannelFrame> frames, boolean complete, long upTo, boolean more) {
    public Replay {
        frames = List.copyOf(frames);
    }
}
