package storm.worker.partitions;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import storm.core.config.QueueConfig;
import storm.core.queue.LostLeaseException;
import storm.core.queue.PartitionLease;
import storm.core.queue.QueueBatch;
import storm.core.queue.QueueEntry;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.worker.metrics.WorkerMetrics;
import storm.worker.pipeline.JobPipeline;

/// Reads and does the jobs of one owned partition, on a virtual thread of its own, until it is stopped or
/// loses the lease.
///
/// What was begun before, by an owner that died or in a failed turn, comes before new jobs. With a store out of reach
/// it pauses (100 ms doubling to 2 s) and burns no attempt; a job that fails by itself is
/// put off and tried again alone, so that it blocks nobody.
final class PartitionLoop {
    private static final System.Logger LOG = System.getLogger(PartitionLoop.class.getName());
    /// Jobs per read.
    private static final int BATCH = 400;

    private static final Duration FALLBACK_POLL = Duration.ofMillis(250);
    private static final long PAUSE_MS = 100;
    private static final long PAUSE_MAX_MS = 2000;

    private final PartitionLease lease;
    private final JobPipeline pipeline;
    private final QueueConfig config;
    private final WorkerMetrics metrics;
    private final Clock clock;
    private final Semaphore turns;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private boolean paused;
    private volatile boolean stopping;

    /// @param turns one for each batch that may be in memory at a time
    PartitionLoop(
            PartitionLease lease,
            JobPipeline pipeline,
            QueueConfig config,
            WorkerMetrics metrics,
            Semaphore turns,
            Clock clock) {
        this.lease = lease;
        this.pipeline = pipeline;
        this.config = config;
        this.metrics = metrics;
        this.turns = turns;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("partition-" + lease.partition()).unstarted(this::run);
    }

    PartitionLoop start() {
        thread.start();
        return this;
    }

    PartitionLease lease() {
        return lease;
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /// There is work.
    void wake() {
        work.release();
    }

    /// Ends after the batch at hand.
    void stop() {
        stopping = true;
        wake();
    }

    /// Waits for the end; whether it came in time.
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    private void run() {
        int failures = 0;
        Next next = Next.READ;
        while (!stopping && next != Next.END) {
            try {
                turns.acquire();
            } catch (InterruptedException e) {
                return;
            }
            try {
                next = turn();
            } finally {
                turns.release();
            }
            if (next == Next.PAUSE) {
                pause(++failures);
                continue;
            }
            failures = 0;
            paused = false;
            if (next == Next.WAIT) {
                awaitWork(FALLBACK_POLL.toMillis());
            }
        }
    }

    /// What a turn is followed by.
    private enum Next {
        /// The next batch.
        READ,
        /// Waiting for jobs.
        WAIT,
        /// A pause, since a store is out of reach.
        PAUSE,
        /// Nothing: the lease is lost.
        END
    }

    /// Reads and does one batch.
    private Next turn() {
        List<QueueEntry> entries = List.of();
        try {
            QueueBatch batch = lease.read(BATCH);
            entries = batch.entries();
            if (entries.isEmpty()) {
                return Next.WAIT;
            }
            pipeline.process(lease, entries, batch.again());
            return Next.READ;
        } catch (LostLeaseException e) {
            LOG.log(Level.WARNING, "{0}", e.getMessage());
            return Next.END;
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                tellPause(e);
                return Next.PAUSE;
            }
            return isolate(entries, e);
        }
    }

    private void tellPause(RuntimeException cause) {
        if (!paused) {
            paused = true;
            LOG.log(Level.WARNING, "partition {0} pauses: {1}", lease.partition(), cause.getMessage());
        }
        metrics.pauses.increment();
    }

    /// Does the jobs of a failed batch one by one, so that the one at fault is found.
    private Next isolate(List<QueueEntry> entries, RuntimeException cause) {
        LOG.log(Level.WARNING, "a batch of " + entries.size() + " jobs failed, going one by one", cause);
        for (QueueEntry entry : entries) {
            try {
                try {
                    pipeline.process(lease, List.of(entry), true);
                } catch (LostLeaseException e) {
                    throw e;
                } catch (RuntimeException e) {
                    if (isOutage(e)) {
                        throw e;
                    }
                    putOff(entry, e);
                }
            } catch (LostLeaseException e) {
                LOG.log(Level.WARNING, "{0}", e.getMessage());
                return Next.END;
            } catch (StormException e) {
                tellPause(e);
                return Next.PAUSE;
            }
        }
        // Without entries it was the read that failed, for a reason that is no outage we know.
        return entries.isEmpty() ? Next.PAUSE : Next.READ;
    }

    private void putOff(QueueEntry entry, RuntimeException cause) {
        int attempts = entry.attempts() + 1;
        if (attempts >= config.retryAttempts()) {
            LOG.log(Level.ERROR, "job " + entry.jobId() + " failed for the last time", cause);
            pipeline.giveUp(lease, entry);
            return;
        }
        LOG.log(Level.WARNING, "job " + entry.jobId() + " failed, attempt " + attempts, cause);
        double jitter = 0.8 + ThreadLocalRandom.current().nextDouble() * 0.4;
        long wait = (long) (config.backoff(attempts).toMillis() * jitter);
        lease.later(entry, clock.instant().plusMillis(wait));
        metrics.retried.increment();
    }

    private static boolean isOutage(RuntimeException e) {
        return e instanceof StormException storm && storm.code() == ErrorCode.SERVICE_UNAVAILABLE;
    }

    private void pause(int failures) {
        awaitStop(Math.min(PAUSE_MAX_MS, PAUSE_MS << Math.min(failures - 1, 5)));
    }

    private void awaitStop(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!stopping && System.nanoTime() < end) {
            awaitWork(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    private void awaitWork(long millis) {
        try {
            if (work.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
