package storm.ws.connections;

import java.time.Duration;
import storm.protocol.events.ServerEvent;
import storm.protocol.messages.Contents;

/// What one connection, one user and one address may take.
///
/// @param messagesPerMinute `message.send` per connection
/// @param framesPerMinute of any kind per connection; beyond it the client is closed
/// @param faultsPerMinute invalid or forbidden events; the one that reaches it closes the client
/// @param sendDeadline how long a client may leave one frame unread
public record ConnectionLimits(
        int messagesPerMinute,
        int framesPerMinute,
        int faultsPerMinute,
        int inboxFrames,
        int inboxBytes,
        int outboxFrames,
        int outboxBytes,
        Duration sendDeadline,
        int perUser,
        int perAddress,
        int inAll) {
    /// Longest frame taken, in bytes.
    public static final int MAX_FRAME = 65_536;

    /// What a client is told of it.
    public ServerEvent.Limits told() {
        return new ServerEvent.Limits(messagesPerMinute, MAX_FRAME, Contents.MAX_LENGTH);
    }
}
