package storm.protocol.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// A stored message.
///
/// @param id the database's own id, 24 hex digits
/// @param messageId the id its sender gave it
/// @param content the text, only where it was asked for
public record Message(
        String id,
        MessageId messageId,
        ChannelId channelId,
        UserId senderId,
        long seq,
        @Nullable String content,
        DeliveryStatus deliveryStatus,
        Instant clientTs,
        Instant createdAt,
        @Nullable Instant editedAt) {
    @Override
    public String toString() {
        return "Message[" + messageId + " in " + channelId + " seq " + seq + "]";
    }
}
