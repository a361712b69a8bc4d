package storm.ws.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// How long something took, counted by powers of two of a microsecond: cheap enough for every delivery. Thread-safe.
public final class Durations {
    /// The last one takes everything from 2^25 µs, half a minute, up.
    static final int BUCKETS = 27;

    private final LongAdder[] counts = new LongAdder[BUCKETS];
    private final LongAdder totalNanos = new LongAdder();

    public Durations() {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = new LongAdder();
        }
    }

    /// Counts one; a negative one, which clocks of two machines can make, counts as none at all.
    public void record(long nanos) {
        long passed = Math.max(0, nanos);
        long micros = TimeUnit.NANOSECONDS.toMicros(passed);
        counts[Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros))].increment();
        totalNanos.add(passed);
    }

    public long count() {
        long count = 0;
        for (LongAdder each : counts) {
            count += each.sum();
        }
        return count;
    }

    public double totalSeconds() {
        return totalNanos.sum() / 1e9;
    }

    /// The time, in seconds, that this part of all stayed below, to the next power of two; 0 if nothing was counted.
    ///
    /// @param part from 0 to 1
    public double quantileSeconds(double part) {
        long wanted = (long) Math.ceil(count() * part);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i].sum();
            if (seen >= wanted && seen > 0) {
                return (1L << i) / 1e6;
            }
        }
        return 0;
    }
}
