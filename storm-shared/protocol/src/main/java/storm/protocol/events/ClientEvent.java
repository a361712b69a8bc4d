package storm.protocol.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// What a client may say over its WebSocket. [ClientFrame] reads and writes them.
public sealed interface ClientEvent {

    /// The event's name on the wire.
    default String event() {
        return switch (this) {
            case MessageSend _ -> "message.send";
            case MessageReceived _ -> "message.received";
            case ChannelResume _ -> "channel.resume";
            case HistoryGet _ -> "history.get";
            case ChannelRead _ -> "channel.read";
            case TypingStart _ -> "typing.start";
            case TypingStop _ -> "typing.stop";
            case PresenceSubscribe _ -> "presence.subscribe";
            case PresenceUnsubscribe _ -> "presence.unsubscribe";
            case SessionRenew _ -> "session.renew";
            case Ping _ -> "ping";
        };
    }

    /// Sends a text of 1 to 4000 characters to a channel; answered by `message.ack`.
    record MessageSend(MessageId messageId, ChannelId channelId, String content, Instant clientTs)
            implements ClientEvent {
        @Override
        public String toString() {
            return "MessageSend[" + messageId + " to " + channelId + "]";
        }
    }

    /// Marks up to 100 messages as delivered to this user.
    record MessageReceived(List<MessageId> messageIds) implements ClientEvent {
        public static final int MAX = 100;

        public MessageReceived {
            messageIds = List.copyOf(messageIds);
        }
    }

    /// Asks for what was missed in up to 200 channels; each is answered by the events, then `channel.resumed`.
    record ChannelResume(List<Position> channels) implements ClientEvent {
        public static final int MAX = 200;

        public ChannelResume {
            channels = List.copyOf(channels);
        }

        /// The last seq that the client has of a channel.
        public record Position(ChannelId channelId, long afterSeq) {}
    }

    /// Asks for a page of messages before `beforeSeq`, newest first; answered by `history.page`.
    record HistoryGet(ChannelId channelId, @Nullable Long beforeSeq, int limit) implements ClientEvent {
        public static final int MAX = 100;
        public static final int DEFAULT = 50;
    }

    /// Moves the caller's read marker up to `seq`.
    record ChannelRead(ChannelId channelId, long seq) implements ClientEvent {}

    record TypingStart(ChannelId channelId) implements ClientEvent {}

    record TypingStop(ChannelId channelId) implements ClientEvent {}

    /// Watches the presence of up to 100 users; answered by `presence.snapshot`.
    record PresenceSubscribe(List<UserId> userIds) implements ClientEvent {
        public static final int MAX = 100;
        public static final int MAX_PER_CONNECTION = 500;

        public PresenceSubscribe {
            userIds = List.copyOf(userIds);
        }
    }

    record PresenceUnsubscribe(List<UserId> userIds) implements ClientEvent {
        public PresenceUnsubscribe {
            userIds = List.copyOf(userIds);
        }
    }

    /// Keeps the connection past its access token's end; answered by `session.renewed`.
    record SessionRenew(String token) implements ClientEvent {
        @Override
        public String toString() {
            return "SessionRenew[masked]";
        }
    }

    /// Answered by `pong`.
    record Ping() implements ClientEvent {}
}
