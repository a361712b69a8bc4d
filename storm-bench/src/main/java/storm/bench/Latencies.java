package storm.bench;

import org.HdrHistogram.Histogram;

/// How long something took, in milliseconds.
public record Latencies(long count, double p50, double p95, double p99, double max) {
    private static final double MICROS_PER_MILLI = 1000.0;

    /// @param micros in microseconds
    static Latencies of(Histogram micros) {
        return new Latencies(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(95) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros.getMaxValue() / MICROS_PER_MILLI);
    }

    String row(String name) {
        return "%-10s %9d %9.1f %9.1f %9.1f %9.1f".formatted(name, count, p50, p95, p99, max);
    }
}
