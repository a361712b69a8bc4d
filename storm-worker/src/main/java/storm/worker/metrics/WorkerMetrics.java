package storm.worker.metrics;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The worker's counters, cheap enough for every job. `MetricsExport` shows them. Thread-safe.
@Singleton
public class WorkerMetrics {
    /// Jobs that left the queue done.
    public final LongAdder done = new LongAdder();
    /// Jobs that became dead letters.
    public final LongAdder dead = new LongAdder();
    /// Jobs put off for another attempt.
    public final LongAdder retried = new LongAdder();
    /// Messages that were stored before.
    public final LongAdder duplicates = new LongAdder();
    /// Events that had to move behind what was out already.
    public final LongAdder moved = new LongAdder();
    /// Batches read.
    public final LongAdder batches = new LongAdder();
    /// Jobs in those batches.
    public final LongAdder batched = new LongAdder();
    /// Pauses for a store that was out of reach.
    public final LongAdder pauses = new LongAdder();

    private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

    /// The parts of a run of sends.
    public enum Stage {
        CHECK,
        ALLOT,
        INSERT,
        PUBLISH,
        MARK,
        ACKNOWLEDGE
    }

    public WorkerMetrics() {
        for (Stage stage : Stage.values()) {
            nanos.put(stage, new LongAdder());
        }
    }

    /// Time spent in a stage, in nanoseconds.
    public LongAdder nanos(Stage stage) {
        LongAdder adder = nanos.get(stage);
        return adder == null ? new LongAdder() : adder;
    }

    /// Runs a stage and counts its time.
    public void timed(Stage stage, Runnable work) {
        long begin = System.nanoTime();
        try {
            work.run();
        } finally {
            nanos(stage).add(System.nanoTime() - begin);
        }
    }
}
