package storm.protocol.events;

import jakarta.json.bind.annotation.JsonbNillable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.channels.ChannelChange;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;
import storm.protocol.messages.Message;

/// What the server may say over a WebSocket. [ServerFrame] reads and writes them.
public sealed interface ServerEvent {

    /// The event's name on the wire.
    default String event() {
        return switch (this) {
            case ConnectionReady _ -> "connection.ready";
            case MessageAck _ -> "message.ack";
            case MessageNew _ -> "message.new";
            case MessageEdited _ -> "message.edited";
            case MessageDeleted _ -> "message.deleted";
            case MessageFailed _ -> "message.failed";
            case MessageReceipt _ -> "message.receipt";
            case ChannelUpdated _ -> "channel.updated";
            case ChannelResumed _ -> "channel.resumed";
            case ChannelRead _ -> "channel.read";
            case HistoryPage _ -> "history.page";
            case Typing _ -> "typing";
            case PresenceSnapshot _ -> "presence.snapshot";
            case PresenceChanged _ -> "presence.changed";
            case SessionExpiring _ -> "session.expiring";
            case SessionRenewed _ -> "session.renewed";
            case Pong _ -> "pong";
            case RateLimited _ -> "error.rate_limited";
            case Forbidden _ -> "error.forbidden";
            case InvalidPayload _ -> "error.invalid_payload";
            case Unavailable _ -> "error.unavailable";
        };
    }

    /// An event of a channel's sequence: it has the channel's next `seq`, is kept for resume, and arrives in order.
    sealed interface ChannelEvent extends ServerEvent {
        ChannelId channelId();

        /// The place in the channel's sequence, from 1.
        long seq();
    }

    /// The first frame of a connection.
    ///
    /// @param epoch changes when the event streams lost their data: what a client knows of seqs before is then void
    ///     for resume
    record ConnectionReady(
            UserId userId,
            SessionId sessionId,
            Instant serverTs,
            String epoch,
            List<ChannelPosition> channels,
            Limits limits)
            implements ServerEvent {
        public ConnectionReady {
            channels = List.copyOf(channels);
        }
    }

    /// A channel of the user and its newest seq.
    record ChannelPosition(ChannelId channelId, long lastSeq) {}

    /// The limits of a connection.
    record Limits(int messagesPerMinute, int maxFrameBytes, int maxContentLength) {}

    /// The message is stored in the queue (or was before).
    record MessageAck(MessageId messageId, AckStatus status, Instant ts) implements ServerEvent {}

    record MessageNew(
            MessageId messageId,
            ChannelId channelId,
            UserId senderId,
            long seq,
            String content,
            Instant serverTs,
            Instant clientTs)
            implements ChannelEvent {
        @Override
        public String toString() {
            return "MessageNew[" + messageId + " in " + channelId + " seq " + seq + "]";
        }
    }

    /// @param seq of this event; the message keeps the seq it was sent with
    record MessageEdited(
            MessageId messageId, ChannelId channelId, UserId senderId, long seq, String content, Instant editedAt)
            implements ChannelEvent {
        @Override
        public String toString() {
            return "MessageEdited[" + messageId + " in " + channelId + " seq " + seq + "]";
        }
    }

    /// @param seq of this event; the message keeps the seq it was sent with
    record MessageDeleted(MessageId messageId, ChannelId channelId, long seq, UserId deletedBy, Instant ts)
            implements ChannelEvent {}

    /// The job was given up and lies among the dead letters.
    record MessageFailed(MessageId messageId, ChannelId channelId, String reason) implements ServerEvent {}

    /// A member's client has the messages.
    record MessageReceipt(List<MessageId> messageIds, ChannelId channelId, UserId userId, Instant ts)
            implements ServerEvent {
        public MessageReceipt {
            messageIds = List.copyOf(messageIds);
        }
    }

    record ChannelUpdated(
            ChannelId channelId,
            ChannelChange change,
            @Nullable UserId userId,
            Instant ts) implements ServerEvent {}

    /// The end of a resume. If not `complete`, more was missed than is kept: page the history.
    record ChannelResumed(ChannelId channelId, long upToSeq, boolean complete) implements ServerEvent {}

    record ChannelRead(ChannelId channelId, UserId userId, long seq) implements ServerEvent {}

    record HistoryPage(ChannelId channelId, List<Message> messages, boolean hasMore) implements ServerEvent {
        public HistoryPage {
            messages = List.copyOf(messages);
        }
    }

    record Typing(ChannelId channelId, UserId userId, boolean active) implements ServerEvent {}

    record PresenceSnapshot(List<Presence> users) implements ServerEvent {
        public PresenceSnapshot {
            users = List.copyOf(users);
        }
    }

    /// Whether somebody is online. Who shares no channel with the asker shows as offline, `null`.
    record Presence(
            UserId userId,
            boolean isOnline,
            @JsonbNillable @Nullable Instant lastSeenAt) {}

    record PresenceChanged(UserId userId, boolean isOnline, Instant ts) implements ServerEvent {}

    /// The access token ends soon: answer with `session.renew`.
    record SessionExpiring(Instant expiresAt) implements ServerEvent {}

    record SessionRenewed(Instant expiresAt) implements ServerEvent {}

    record Pong(Instant serverTs) implements ServerEvent {}

    /// @param retryAfter seconds
    /// @param limit how many are allowed in the window
    record RateLimited(long retryAfter, int limit, String window) implements ServerEvent {}

    record Forbidden(@Nullable ChannelId channelId) implements ServerEvent {}

    /// @param details each malformed field with what is wrong with it
    record InvalidPayload(String message, Map<String, String> details) implements ServerEvent {
        public InvalidPayload {
            details = Map.copyOf(details);
        }
    }

    /// @param retryAfter seconds
    record Unavailable(long retryAfter) implements ServerEvent {}
}
