package storm.worker.pipeline;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storm.core.channelevents.ChannelPublisher;
import storm.core.deadletters.FailureReason;
import storm.core.queue.Job;
import storm.core.queue.PartitionLease;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.store.channels.ChannelState;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.EncryptedText;
import storm.store.messages.MessageStore;
import storm.store.messages.StoredMessage;
import storm.worker.channels.ChannelDirectory;

/// Edits and deletes messages, and publishes that. The row remembers job and seq of its last change, so a job
/// that comes again publishes the same event again. Thread-safe.
@Singleton
public class ChangeSteps {
    private static final int MAX_MOVES = 10;

    private final ChannelDirectory directory;
    private final Seqs seqs;
    private final MessageCipher cipher;
    private final MessageStore messages;
    private final ChannelPublisher publisher;
    private final Clock clock;

    @Inject
    public ChangeSteps(
            ChannelDirectory directory,
            Seqs seqs,
            MessageCipher cipher,
            MessageStore messages,
            ChannelPublisher publisher,
            Clock clock) {
        this.directory = directory;
        this.seqs = seqs;
        this.cipher = cipher;
        this.messages = messages;
        this.publisher = publisher;
        this.clock = clock;
    }

    /// Edits; or says why not.
    ///
    /// @param late whether the job may have lost its place in the queue: then it does not replace a text that was
    ///     accepted after its own
    Optional<FailureReason> edit(PartitionLease lease, Job.EditMessage job, boolean late) {
        ChannelState channel = directory.of(List.of(job.channelId())).get(job.channelId());
        if (channel == null) {
            return Optional.of(FailureReason.CHANNEL_NOT_FOUND);
        }
        if (channel.archived()) {
            return Optional.of(FailureReason.CHANNEL_ARCHIVED);
        }
        if (!channel.members().contains(job.editorId())) {
            return Optional.of(FailureReason.NOT_A_MEMBER);
        }
        StoredMessage row = row(job.channelId(), job.messageId());
        if (row == null || row.deleted()) {
            return Optional.of(FailureReason.MESSAGE_NOT_FOUND);
        }
        if (!row.senderId().equals(job.editorId())) {
            return Optional.of(FailureReason.NOT_THE_SENDER);
        }
        StoredMessage.Change last = row.change();
        if (late && last != null && last.acceptedAt().isAfter(job.acceptedAt())) {
            return Optional.empty(); // Nobody is to see it any more.
        }
        EncryptedText text = cipher.encrypt(
                new MessageCipher.Place(row.messageId(), row.channelId(), row.senderId()), job.content());
        return make(
                lease,
                row,
                job,
                change -> messages.edit(job.messageId(), text, change),
                change -> new ServerEvent.MessageEdited(
                        row.messageId(), row.channelId(), row.senderId(), change.seq(), job.content(), change.at()));
    }

    /// Deletes; or says why not.
    Optional<FailureReason> delete(PartitionLease lease, Job.DeleteMessage job) {
        StoredMessage row = row(job.channelId(), job.messageId());
        if (row == null || (row.deleted() && !isMadeBy(row, job.jobId()))) {
            return Optional.of(FailureReason.MESSAGE_NOT_FOUND);
        }
        UserId by = job.deletedBy();
        if (!job.any() && !row.senderId().equals(by)) {
            return Optional.of(FailureReason.NOT_THE_SENDER);
        }
        return make(
                lease,
                row,
                job,
                change -> messages.delete(job.messageId(), change),
                change -> new ServerEvent.MessageDeleted(
                        row.messageId(), row.channelId(), change.seq(), by, change.at()));
    }

    private Optional<FailureReason> make(
            PartitionLease lease,
            StoredMessage row,
            Job job,
            Function<StoredMessage.Change, Optional<StoredMessage>> store,
            Function<StoredMessage.Change, ServerEvent.ChannelEvent> event) {
        StoredMessage.Change change = row.change();
        if (change == null || !change.jobId().equals(job.jobId())) {
            OptionalLong seq = seqs.takeOne(lease, row.channelId());
            if (seq.isEmpty()) {
                return Optional.of(FailureReason.CHANNEL_NOT_FOUND);
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Optional<StoredMessage> made =
                    store.apply(new StoredMessage.Change(job.jobId(), seq.getAsLong(), now, job.acceptedAt()));
            change = made.map(StoredMessage::change).orElse(null);
            if (change == null) {
                return Optional.of(FailureReason.MESSAGE_NOT_FOUND);
            }
        }
        publish(lease, row, change, event);
        return Optional.empty();
    }

    private void publish(
            PartitionLease lease,
            StoredMessage row,
            StoredMessage.Change change,
            Function<StoredMessage.Change, ServerEvent.ChannelEvent> event) {
        StoredMessage.Change current = change;
        for (int moves = 0; moves < MAX_MOVES; moves++) {
            if (publisher.publish(List.of(event.apply(current))).isEmpty()) {
                return;
            }
            OptionalLong seq = seqs.takeOne(lease, row.channelId());
            if (seq.isEmpty() || !messages.moveChangeSeq(row.messageId(), current.seq(), seq.getAsLong())) {
                return; // The channel is gone, or a later owner has taken this over.
            }
            current = new StoredMessage.Change(current.jobId(), seq.getAsLong(), current.at(), current.acceptedAt());
        }
        throw new IllegalStateException("the seq of a change is passed again and again");
    }

    private @Nullable StoredMessage row(ChannelId channel, MessageId id) {
        return messages.findAll(List.of(id)).stream()
                .filter(row -> row.channelId().equals(channel))
                .findFirst()
                .orElse(null);
    }

    private static boolean isMadeBy(StoredMessage row, String jobId) {
        StoredMessage.Change change = row.change();
        return change != null && change.jobId().equals(jobId);
    }
}
