package storm.worker;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;
import storm.core.health.QueueStatistics;
import storm.protocol.errors.StormException;
import storm.protocol.queue.QueueStats;
import storm.store.messagekeys.KeyRing;
import storm.worker.metrics.WorkerMetrics;
import storm.worker.partitions.PartitionKeeper;
import storm.worker.tasks.KeyRotation;

/// Shows the worker's counters and the queue's figures under `/metrics`, read when somebody looks.
@Singleton
public class MetricsExport {
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final double NANOS = 1e9;

    private final MetricRegistry registry;
    private final WorkerMetrics metrics;
    private final QueueStatistics statistics;
    private final PartitionKeeper partitions;
    private final KeyRotation rotation;
    private final KeyRing keys;
    private final Clock clock;
    private Instant readAt = Instant.EPOCH;
    private @Nullable QueueStats stats;
    private KeyRotation.@Nullable Progress progress;

    @Inject
    public MetricsExport(
            MetricRegistry registry,
            WorkerMetrics metrics,
            QueueStatistics statistics,
            PartitionKeeper partitions,
            KeyRotation rotation,
            KeyRing keys,
            Clock clock) {
        this.registry = registry;
        this.metrics = metrics;
        this.statistics = statistics;
        this.partitions = partitions;
        this.rotation = rotation;
        this.keys = keys;
        this.clock = clock;
    }

    public void start() {
        show(
                "partitions",
                "Partitions that this worker reads",
                () -> partitions.owned().size());
        queue("waiting", "Jobs not yet given to a worker", QueueStats::waiting);
        queue("active", "Jobs that a worker holds", QueueStats::active);
        queue("delayed", "Jobs waiting for their next attempt", QueueStats::delayed);
        queue("dead", "Dead letters", QueueStats::dead);
        queue("oldest_ms", "Age of the oldest job in the queue, in milliseconds", QueueStats::oldestWaitingMs);
        queue("per_minute", "Jobs done in the last full minute", QueueStats::processedPerMinute);
        queue("failed_per_minute", "Jobs given up in the last full minute", QueueStats::failedPerMinute);
        queue("workers", "Live workers", QueueStats::liveWorkers);
        rotation("left", "Messages not yet under the current storage key", KeyRotation.Progress::left);
        rotation("done", "Messages that were put under the current storage key", KeyRotation.Progress::done);
        rotation("unreadable", "Messages that no storage key opens", KeyRotation.Progress::unreadable);
        rotation("finished", "1 once all messages were looked at", each -> each.finished() ? 1 : 0);
        show("done_total", "Jobs done", metrics.done);
        show("dead_total", "Jobs given up", metrics.dead);
        show("retried_total", "Jobs put off for another attempt", metrics.retried);
        show("duplicates_total", "Messages that were stored before", metrics.duplicates);
        show("moved_total", "Events that had to move behind what was out", metrics.moved);
        show("batches_total", "Batches read", metrics.batches);
        show("batched_total", "Jobs in the batches read", metrics.batched);
        show("pauses_total", "Pauses for a store that was out of reach", metrics.pauses);
        for (WorkerMetrics.Stage stage : WorkerMetrics.Stage.values()) {
            show(
                    "stage_seconds_total",
                    "Time spent in a stage of sends",
                    () -> metrics.nanos(stage).sum() / NANOS,
                    new Tag("stage", stage.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void queue(String name, String description, ToLongFunction<QueueStats> figure) {
        show("queue_" + name, description, () -> figure(stats(), figure));
    }

    private void rotation(String name, String description, ToLongFunction<KeyRotation.Progress> figure) {
        show("rotation_" + name, description, () -> figure(progress(), figure), new Tag("key", keys.currentId()));
    }

    private static <T> double figure(@Nullable T from, ToLongFunction<T> figure) {
        return from == null ? Double.NaN : (double) figure.applyAsLong(from);
    }

    private synchronized @Nullable QueueStats stats() {
        refresh();
        return stats;
    }

    private synchronized KeyRotation.@Nullable Progress progress() {
        refresh();
        return progress;
    }

    private void refresh() {
        Instant now = clock.instant();
        if (readAt.plus(KEPT).isBefore(now)) {
            readAt = now;
            try {
                stats = statistics.read();
                progress = rotation.progress();
            } catch (StormException e) {
                // Redis is out of reach: no figure is better than an old one.
                stats = null;
                progress = null;
            }
        }
    }

    private void show(String name, String description, LongAdder adder) {
        show(name, description, adder::sum);
    }

    private void show(String name, String description, Supplier<? extends Number> value, Tag... tags) {
        Metadata metadata = Metadata.builder()
                .withName("storm_worker_" + name)
                .withDescription(description)
                .build();
        registry.gauge(metadata, value::get, tags);
    }
}
