package storm.core.queries;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.Message;

/// A question for a worker.
///
/// @param <A> the record that answers it
public sealed interface Query<A> {
    Class<A> answerType();

    /// Which channels a user is in. Answered from the database, so as new as the last committed change.
    record MembershipQuery(UserId userId) implements Query<Memberships> {
        @Override
        public Class<Memberships> answerType() {
            return Memberships.class;
        }
    }

    record Memberships(List<MemberChannel> channels) {
        public Memberships {
            channels = List.copyOf(channels);
        }
    }

    record MemberChannel(ChannelId channelId, long lastSeq, boolean archived) {}

    /// A page of a channel's messages with their texts, newest first, before a seq or from the newest.
    record HistoryQuery(ChannelId channelId, @Nullable Long beforeSeq, int limit) implements Query<History> {
        @Override
        public Class<History> answerType() {
            return History.class;
        }
    }

    record History(List<Message> messages, boolean hasMore) {
        public History {
            messages = List.copyOf(messages);
        }
    }

    /// The texts of messages of a channel. A message that is not there, or does not open, is absent from the
    /// answer.
    record ContentQuery(ChannelId channelId, List<MessageId> messageIds) implements Query<Contents> {
        public ContentQuery {
            messageIds = List.copyOf(messageIds);
        }

        @Override
        public Class<Contents> answerType() {
            return Contents.class;
        }
    }

    /// @param texts message id to text
    record Contents(Map<String, String> texts) {
        public Contents {
            texts = Map.copyOf(texts);
        }

        public @Nullable String of(MessageId message) {
            return texts.get(message.value());
        }

        @Override
        public String toString() {
            return "Contents[" + texts.size() + "]";
        }
    }

    /// Stored messages after a seq as `message.new` frames, for a resume that the channel's stream no longer
    /// covers.
    record ResumeQuery(ChannelId channelId, long afterSeq, int limit) implements Query<Resumed> {
        @Override
        public Class<Resumed> answerType() {
            return Resumed.class;
        }
    }

    /// @param frames oldest first
    /// @param lastSeq the channel's newest seq
    /// @param more whether there are messages after the last of these
    record Resumed(List<StoredFrame> frames, long lastSeq, boolean more) {
        public Resumed {
            frames = List.copyOf(frames);
        }
    }

    record StoredFrame(long seq, String text) {
        @Override
        public String toString() {
            return "StoredFrame[" + seq + "]";
        }
    }

    /// Which of these users share a channel with this one.
    record SharedChannelsQuery(UserId userId, List<UserId> userIds) implements Query<Shared> {
        public SharedChannelsQuery {
            userIds = List.copyOf(userIds);
        }

        @Override
        public Class<Shared> answerType() {
            return Shared.class;
        }
    }

    record Shared(List<Seen> users) {
        public Shared {
            users = List.copyOf(users);
        }
    }

    /// @param lastSeenAt when the user was last online, as far as the database knows
    record Seen(UserId userId, @Nullable Instant lastSeenAt) {}

    /// Says that a user's client has these messages. The answer names those that count: of channels the user is in,
    /// and sent by others.
    record DeliveredQuery(UserId userId, List<MessageId> messageIds) implements Query<Delivered> {
        public DeliveredQuery {
            messageIds = List.copyOf(messageIds);
        }

        @Override
        public Class<Delivered> answerType() {
            return Delivered.class;
        }
    }

    record Delivered(List<DeliveredMessage> messages) {
        public Delivered {
            messages = List.copyOf(messages);
        }
    }

    record DeliveredMessage(MessageId messageId, ChannelId channelId, UserId senderId) {}

    /// Moves a member's read marker up to a seq, never down and never past the channel's last one.
    record ReadQuery(UserId userId, ChannelId channelId, long seq) implements Query<Marked> {
        @Override
        public Class<Marked> answerType() {
            return Marked.class;
        }
    }

    /// @param seq where the marker stands now
    record Marked(long seq) {}
}
