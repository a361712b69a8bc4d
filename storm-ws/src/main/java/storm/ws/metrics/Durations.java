package storm.ws.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long something took, counted by powers of two of a microsecond: cheap enough for every delivery. Thread-safe.
public final class Durations {
    /// The last one takes everything from 2^25 µs, half a minute, up.
    static final int BUCKETS = 27;

    // Not adders: these are at their slowest with threads that are new, as the virtual threads that write are.
    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong totalNanos = new AtomicLong();

    /// Counts one; a negative one, which clocks of two machines can make, counts as none at all.
    public void record(long nanos) {
        long passed = Math.max(0, nanos);
        long micros = TimeUnit.NANOSECONDS.toMicros(passed);
        counts.getAndIncrement(Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros)));
        totalNanos.getAndAdd(passed);
    }

    public long count() {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            count += counts.get(i);
        }
        return count;
    }

    public double totalSeconds() {
        return totalNanos.get() / 1e9;
    }

    /// The time, in seconds, that this part of all stayed below, to the next power of two; 0 if nothing was counted.
    ///
    /// @param part from 0 to 1
    public double quantileSeconds(double part) {
        long wanted = (long) Math.ceil(count() * part);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return (1L << i) / 1e6;
            }
        }
        return 0;
    }
}
