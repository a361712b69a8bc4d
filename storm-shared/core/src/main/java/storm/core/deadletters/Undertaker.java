package storm.core.deadletters;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import storm.core.queue.Job;
import storm.core.queue.PartitionLease;
import storm.core.queue.QueueEntry;
import storm.core.redis.Keys;
import storm.core.signals.UserSignals;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.json.Json;

/// Moves a job that is given up from the queue to the dead letters, and tells its sender.
///
/// Touches `storm:q:{p}:dead`, `storm:q:{p}:dead:index` and the topic `storm:users`. Thread-safe.
@Singleton
public class Undertaker {
    private static final System.Logger LOG = System.getLogger(Undertaker.class.getName());

    private final UserSignals users;
    private final Clock clock;

    @Inject
    public Undertaker(UserSignals users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    /// Gives a job up; `job` is absent if it could not be read.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach: then it stays in the queue
    public void bury(PartitionLease lease, QueueEntry entry, @Nullable Job job, FailureReason reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        DeadLetterId id = DeadLetterIds.random(lease.partition());
        DeadLetter letter = letter(id, entry, job, reason, now);
        String record = Json.write(new BuriedJob(letter, entry.jobId(), entry.sealed()));
        lease.bury(entry, id.value(), record, now, Keys.USERS, word(letter));
        LOG.log(
                Level.WARNING,
                "job {0} was given up after {1} attempts: {2}",
                entry.jobId(),
                letter.attempts(),
                reason.wire());
    }

    /// What the sender is told; empty if nobody knows who that is.
    private String word(DeadLetter letter) {
        if (letter.senderId() == null || letter.messageId() == null || letter.channelId() == null) {
            return "";
        }
        return users.message(
                letter.senderId(),
                new ServerEvent.MessageFailed(letter.messageId(), letter.channelId(), letter.failureReason()));
    }

    private static DeadLetter letter(
            DeadLetterId id, QueueEntry entry, @Nullable Job job, FailureReason reason, Instant now) {
        int attempts = entry.attempts() + 1;
        return switch (job) {
            case Job.SendMessage send ->
                new DeadLetter(
                        id,
                        "send",
                        send.messageId(),
                        send.channelId(),
                        send.senderId(),
                        reason.wire(),
                        attempts,
                        now,
                        send.acceptedAt());
            case Job.EditMessage edit ->
                new DeadLetter(
                        id,
                        "edit",
                        edit.messageId(),
                        edit.channelId(),
                        edit.editorId(),
                        reason.wire(),
                        attempts,
                        now,
                        edit.acceptedAt());
            case Job.DeleteMessage delete ->
                new DeadLetter(
                        id,
                        "delete",
                        delete.messageId(),
                        delete.channelId(),
                        delete.deletedBy(),
                        reason.wire(),
                        attempts,
                        now,
                        delete.acceptedAt());
            case Job.Probe probe ->
                new DeadLetter(
                        id, "probe", null, probe.channelId(), null, reason.wire(), attempts, now, probe.acceptedAt());
            case null -> new DeadLetter(id, null, null, null, null, reason.wire(), attempts, now, null);
        };
    }
}
