package storm.store.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.messages.Message;

/// A message as the database has it.
///
/// @param id the row's id, 24 hex digits
/// @param change the last edit or deletion; absent if there was none
/// @param deleted whether only the row is left, so that its messageId stays taken
public record StoredMessage(
        String id,
        MessageId messageId,
        ChannelId channelId,
        UserId senderId,
        long seq,
        EncryptedText text,
        DeliveryStatus status,
        Instant clientTs,
        Instant createdAt,
        @Nullable Instant editedAt,
        @Nullable Change change,
        boolean deleted) {

    /// An edit or deletion of a message.
    ///
    /// @param jobId the job that made it: done twice, it is known again
    /// @param seq of the event that tells of it
    /// @param acceptedAt when a front door took it: what was taken before it and comes later is too late
    public record Change(String jobId, long seq, Instant at, Instant acceptedAt) {}

    /// The message for a client, with its text or without.
    public Message toMessage(@Nullable String content) {
        return new Message(id, messageId, channelId, senderId, seq, content, status, clientTs, createdAt, editedAt);
    }
}
