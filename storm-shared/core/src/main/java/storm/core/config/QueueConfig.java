package storm.core.config;

import java.time.Duration;

/// Sizes and timings of the inbound queue.
///
/// @param partitions number of streams; every server of an installation must have the same
/// @param maxLength jobs a partition holds before it refuses more
/// @param retryAttempts how often a job is tried before it is a dead letter
/// @param retryBase wait before the second attempt; doubles from there
/// @param retryMax longest wait between attempts
public record QueueConfig(int partitions, int maxLength, int retryAttempts, Duration retryBase, Duration retryMax) {
    /// The documented sizes: 16 partitions of 100,000, 5 attempts, 2 s doubling to 30 s.
    public static final QueueConfig STANDARD =
            new QueueConfig(16, 100_000, 5, Duration.ofSeconds(2), Duration.ofSeconds(30));

    public static QueueConfig from(Settings settings) {
        Duration second = Duration.ofSeconds(1);
        Duration base = settings.duration(
                "storm.retry.base", STANDARD.retryBase, Duration.ofMillis(10), second.multipliedBy(600));
        return new QueueConfig(
                settings.number("storm.queue.partitions", STANDARD.partitions, 1, 1024),
                settings.number("storm.queue.max.length", STANDARD.maxLength, 1, 10_000_000),
                settings.number("storm.retry.attempts", STANDARD.retryAttempts, 1, 100),
                base,
                settings.duration("storm.retry.max", STANDARD.retryMax, base, Duration.ofHours(1)));
    }

    /// Wait before the attempt after `attempts` failed ones, without jitter.
    public Duration backoff(int attempts) {
        Duration wait = retryBase.multipliedBy(1L << Math.min(attempts - 1, 20));
        return wait.compareTo(retryMax) > 0 ? retryMax : wait;
    }
}
