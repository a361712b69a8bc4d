package storm.store.messages;

import java.time.Instant;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// A message to be stored.
///
/// @param seq as allotted by [SeqAllotment]
public record NewMessage(
        MessageId messageId,
        ChannelId channelId,
        UserId senderId,
        long seq,
        EncryptedText text,
        Instant clientTs,
        Instant createdAt) {}
