package storm.protocol.messages;

import storm.protocol.ids.MessageId;

/// Answer of a send, edit: it is in the queue, or was there before.
public record MessageAccepted(MessageId messageId, SendStatus status) {}
