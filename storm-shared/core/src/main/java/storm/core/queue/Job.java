package storm.core.queue;

import java.time.Instant;
import java.util.UUID;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// Something a worker is to do in a channel, in the order of the queue.
public sealed interface Job {
    ChannelId channelId();

    /// What the queue knows the job by: a job of the same id is taken once in 24 h.
    String jobId();

    /// When the queue was asked to take it.
    Instant acceptedAt();

    /// The request that brought it, for the log.
    String requestId();

    /// Stores a new message and publishes it.
    record SendMessage(
            MessageId messageId,
            ChannelId channelId,
            UserId senderId,
            String content,
            Instant clientTs,
            Instant acceptedAt,
            String requestId)
            implements Job {
        @Override
        public String jobId() {
            return messageId.value();
        }

        @Override
        public String toString() {
            return "SendMessage[" + messageId + " to " + channelId + "]";
        }
    }

    /// Replaces the text of a message by its sender.
    record EditMessage(
            String jobId,
            MessageId messageId,
            ChannelId channelId,
            UserId editorId,
            String content,
            Instant acceptedAt,
            String requestId)
            implements Job {
        @Override
        public String toString() {
            return "EditMessage[" + messageId + " in " + channelId + "]";
        }
    }

    /// Deletes a message. `any`: the caller may delete those of others too, which the front door has checked.
    record DeleteMessage(
            String jobId,
            MessageId messageId,
            ChannelId channelId,
            UserId deletedBy,
            boolean any,
            Instant acceptedAt,
            String requestId)
            implements Job {}

    /// Goes through queue and pub/sub and changes nothing: `replyTopic` gets the job id.
    record Probe(String jobId, ChannelId channelId, String replyTopic, Instant acceptedAt) implements Job {
        @Override
        public String requestId() {
            return "";
        }
    }

    /// An id for an edit, a deletion or a probe.
    static String newId() {
        return UUID.randomUUID().toString();
    }
}
