package storm.protocol.messages;

import java.util.List;

/// Answer of GET /channels/{id}/messages, newest first.
public record Messages(List<Message> messages) {}
