package storm.protocol.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// A job that was given up, without its text.
///
/// @param kind what it would have done: `send`, `edit` or `delete`; absent if the job could not be read
/// @param failureReason why it was given up, such as `not_a_member`
/// @param attempts how often it was tried
public record DeadLetter(
        DeadLetterId id,
        @Nullable String kind,
        @Nullable MessageId messageId,
        @Nullable ChannelId channelId,
        @Nullable UserId senderId,
        String failureReason,
        int attempts,
        Instant failedAt,
        @Nullable Instant acceptedAt) {}
