package storm.worker.pipeline;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import storm.core.crypto.BrokenSealException;
import storm.core.deadletters.FailureReason;
import storm.core.deadletters.Undertaker;
import storm.core.queue.Job;
import storm.core.queue.JobCodec;
import storm.core.queue.LostLeaseException;
import storm.core.queue.PartitionLease;
import storm.core.queue.QueueEntry;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.StormException;
import storm.worker.metrics.WorkerMetrics;
import storm.worker.metrics.WorkerMetrics.Stage;

/// Takes a batch of one partition's jobs through all steps, in their order. Thread-safe; one batch per
/// partition at a time.
///
/// Sends that follow each other go as one: one question for the channels, one allotment per channel, one bulk
/// insert, one pipeline of publishes. Edits and deletions go one by one between them.
@Singleton
public class JobPipeline {
    /// Sealed characters of sends that go as one: each lives some ten times over on its way, and several partitions
    /// are at work at once.
    private static final int RUN_SIZE = 256 * 1024;

    /// More than a front door takes between accepting and enqueueing.
    private static final Duration LATE = Duration.ofSeconds(5);

    private final UnifiedJedis redis;
    private final JobCodec codec;
    private final SendSteps sends;
    private final ChangeSteps changes;
    private final Undertaker undertaker;
    private final WorkerMetrics metrics;

    @Inject
    public JobPipeline(
            UnifiedJedis redis,
            JobCodec codec,
            SendSteps sends,
            ChangeSteps changes,
            Undertaker undertaker,
            WorkerMetrics metrics) {
        this.redis = redis;
        this.codec = codec;
        this.sends = sends;
        this.changes = changes;
        this.undertaker = undertaker;
        this.metrics = metrics;
    }

    /// Does the jobs; those it returns from are done or given up, and left the queue.
    ///
    /// @param again whether they may have been begun before
    /// @throws LostLeaseException if another worker owns the partition by now
    /// @throws StormException SERVICE_UNAVAILABLE if a store is out of reach: what was not done yet is to be
    ///     tried again
    public void process(PartitionLease lease, List<QueueEntry> entries, boolean again) {
        metrics.batches.increment();
        metrics.batched.add(entries.size());
        List<OpenedJob<Job.SendMessage>> run = new ArrayList<>();
        int size = 0;
        for (QueueEntry entry : entries) {
            size += entry.sealed().length();
            if (size > RUN_SIZE) {
                flush(lease, run, again);
                size = entry.sealed().length();
            }
            Optional<Job> opened = open(lease, entry);
            if (opened.isEmpty()) {
                bury(lease, entry, null, FailureReason.UNREADABLE);
                continue;
            }
            switch (opened.get()) {
                case Job.SendMessage send -> run.add(new OpenedJob<>(entry, send));
                case Job.EditMessage edit -> {
                    flush(lease, run, again);
                    settle(lease, entry, edit, changes.edit(lease, edit, isLate(entry, edit)));
                }
                case Job.DeleteMessage delete -> {
                    flush(lease, run, again);
                    settle(lease, entry, delete, changes.delete(lease, delete));
                }
                case Job.Probe probe -> {
                    flush(lease, run, again);
                    RedisFaults.translated(() -> redis.publish(probe.replyTopic(), probe.jobId()));
                    done(lease, List.of(entry));
                }
            }
        }
        flush(lease, run, again);
    }

    private void flush(PartitionLease lease, List<OpenedJob<Job.SendMessage>> run, boolean again) {
        if (run.isEmpty()) {
            return;
        }
        SendSteps.Result result = sends.send(lease, run, again);
        metrics.timed(Stage.ACKNOWLEDGE, () -> done(lease, result.done()));
        result.rejected().forEach((rejected, reason) -> bury(lease, rejected.entry(), rejected.job(), reason));
        run.clear();
    }

    /// Whether a job came to its place in the queue long after it was accepted: put off, or back from the dead letters.
    private static boolean isLate(QueueEntry entry, Job job) {
        return entry.attempts() > 0 || entry.addedAt().isAfter(job.acceptedAt().plus(LATE));
    }

    private void settle(PartitionLease lease, QueueEntry entry, Job job, Optional<FailureReason> failure) {
        if (failure.isPresent()) {
            bury(lease, entry, job, failure.get());
        } else {
            done(lease, List.of(entry));
        }
    }

    private void done(PartitionLease lease, List<QueueEntry> entries) {
        lease.done(entries);
        metrics.done.add(entries.size());
    }

    private void bury(PartitionLease lease, QueueEntry entry, @Nullable Job job, FailureReason reason) {
        undertaker.bury(lease, entry, job, reason);
        metrics.dead.increment();
    }

    private Optional<Job> open(PartitionLease lease, QueueEntry entry) {
        try {
            return Optional.of(codec.open(lease.partition(), entry.sealed()));
        } catch (BrokenSealException | StormException e) {
            return Optional.empty(); // Its dead letter says so.
        }
    }

    /// Gives up a job that failed as often as it may be tried.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if a store is out of reach: then it stays in the queue
    public void giveUp(PartitionLease lease, QueueEntry entry) {
        Optional<Job> job = open(lease, entry);
        if (job.isPresent() && job.get() instanceof Job.SendMessage send) {
            sends.failed(send.messageId());
        }
        bury(lease, entry, job.orElse(null), FailureReason.ATTEMPTS_EXHAUSTED);
    }
}
