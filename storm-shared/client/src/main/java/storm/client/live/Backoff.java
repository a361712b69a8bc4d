package storm.client.live;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The waits between attempts to connect: base · 2^n up to a maximum, each ± 30 % so that the clients of a server
/// that comes back do not all come at once. Not thread-safe.
final class Backoff {
    private static final double JITTER = 0.3;
    private static final int MAX_DOUBLINGS = 20;

    private final Duration base;
    private final Duration max;
    private final RandomGenerator random;
    private int attempts;

    Backoff(Duration base, Duration max, RandomGenerator random) {
        this.base = base;
        this.max = max;
        this.random = random;
    }

    Duration next() {
        Duration doubled = base.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
        attempts++;
        Duration wait = doubled.compareTo(max) < 0 ? doubled : max;
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofNanos((long) (wait.toNanos() * factor));
    }

    void reset() {
        attempts = 0;
    }
}
