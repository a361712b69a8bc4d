package storm.protocol.deadletters;

import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;

/// Which dead letters: those of a channel, those of a reason, both, or all.
public record DeadLetterFilter(
        @Nullable ChannelId channelId, @Nullable String reason) {}
