package storm.worker.partitions;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.QueueConfig;
import storm.core.health.WorkerHeartbeats;
import storm.core.queue.LostLeaseException;
import storm.core.queue.PartitionLease;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.StormException;
import storm.worker.metrics.WorkerMetrics;
import storm.worker.pipeline.JobPipeline;

/// Holds this worker's fair share of the partitions and runs a loop for each.
///
/// Every second, on one thread: beat, renew the leases, give back what is more than the share of the live
/// workers, take what is free up to it. A crashed worker's partitions are free when their leases lapse, a
/// stopping one's at once, which the topic `storm:wake` tells. Threads end with [#stop].
@Singleton
public class PartitionKeeper {
    private static final System.Logger LOG = System.getLogger(PartitionKeeper.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    /// Shorter than a lease lives, since nothing is renewed meanwhile.
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final String FREED = "free";

    /// Batches in memory at a time. A batch waits for one store after the other: with four of them a third of
    /// two cores had nothing to do.
    private static final int BATCHES = 7;

    private final UnifiedJedis redis;
    private final WorkerId id;
    private final WorkerHeartbeats heartbeats;
    private final JobPipeline pipeline;
    private final QueueConfig config;
    private final WorkerMetrics metrics;
    private final Clock clock;
    private final Map<Integer, PartitionLoop> loops = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(BATCHES, true);
    private final Semaphore due = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean healthy;

    @Inject
    public PartitionKeeper(
            UnifiedJedis redis,
            WorkerId id,
            WorkerHeartbeats heartbeats,
            JobPipeline pipeline,
            QueueConfig config,
            WorkerMetrics metrics,
            Clock clock) {
        this.redis = redis;
        this.id = id;
        this.heartbeats = heartbeats;
        this.pipeline = pipeline;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    public synchronized void start() {
        if (thread == null) {
            stopping = false;
            thread = Thread.ofPlatform().daemon().name("partition-keeper").start(this::run);
        }
    }

    /// A message of `storm:wake`: a partition that has work, or word that one is free.
    public void woken(String message) {
        if (FREED.equals(message)) {
            due.release();
            return;
        }
        PartitionLoop loop = loops.get(Integer.valueOf(message));
        if (loop != null) {
            loop.wake();
        }
    }

    /// Wakes every loop, after wake-ups may have been missed.
    public void wakeAll() {
        loops.values().forEach(PartitionLoop::wake);
        due.release();
    }

    /// The partitions that this worker reads now.
    public List<Integer> owned() {
        return loops.entrySet().stream()
                .filter(entry -> entry.getValue().isRunning())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// Whether the last round reached Redis.
    public boolean isHealthy() {
        return healthy;
    }

    /// Ends the batches at hand, gives the partitions back and leaves, all within `patience`.
    public synchronized void stop(Duration patience) {
        Thread running = thread;
        if (running == null) {
            return;
        }
        thread = null;
        stopping = true;
        due.release();
        try {
            running.join(patience);
            giveBack(List.copyOf(loops.values()), patience);
            heartbeats.leave(id.value());
            tellFreed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StormException e) {
            LOG.log(Level.WARNING, "leases were not given back, they lapse by themselves: {0}", e.getMessage());
        }
        healthy = false;
    }

    private void run() {
        while (!stopping) {
            try {
                round();
                if (!healthy) {
                    healthy = true;
                    LOG.log(Level.INFO, "worker {0} reads partitions {1}", id.value(), owned());
                }
            } catch (RuntimeException e) {
                if (healthy) {
                    LOG.log(Level.WARNING, "the round of the partition keeper failed", e);
                }
                healthy = false;
            }
            try {
                if (due.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void round() {
        heartbeats.beat(id.value());
        renew();
        List<String> live = heartbeats.live();
        int workers = Math.max(1, live.size());
        int share = (config.partitions() + workers - 1) / workers;
        if (loops.size() > share) {
            List<PartitionLoop> excess = new ArrayList<>(loops.values()).subList(share, loops.size());
            giveBack(excess, SOON);
            tellFreed();
        }
        int first = config.partitions() * Math.max(0, live.indexOf(id.value())) / workers;
        for (int i = 0; i < config.partitions() && loops.size() < share && !stopping; i++) {
            int partition = (first + i) % config.partitions();
            if (!loops.containsKey(partition)) {
                PartitionLease.acquire(redis, clock, partition, id.value())
                        .ifPresent(lease -> loops.put(
                                partition, new PartitionLoop(lease, pipeline, config, metrics, turns, clock).start()));
            }
        }
    }

    private void renew() {
        for (PartitionLoop loop : List.copyOf(loops.values())) {
            boolean mine = loop.isRunning();
            try {
                if (mine) {
                    loop.lease().renew();
                }
            } catch (LostLeaseException e) {
                mine = false;
                LOG.log(Level.WARNING, "{0}", e.getMessage());
            }
            if (!mine) {
                loop.stop();
                loops.remove(loop.lease().partition());
            }
        }
    }

    private void giveBack(List<PartitionLoop> given, Duration patience) {
        given.forEach(PartitionLoop::stop);
        long end = System.nanoTime() + patience.toNanos();
        for (PartitionLoop loop : given) {
            try {
                if (!loop.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.log(
                            Level.WARNING,
                            "partition {0} did not end in time",
                            loop.lease().partition());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // Even if it did not end: fenced, its batch fails, and another worker takes it up again.
            loop.lease().release();
            loops.remove(loop.lease().partition());
        }
    }

    private void tellFreed() {
        RedisFaults.translated(() -> redis.publish(Keys.WAKE, FREED));
    }
}
