package storm.core.ratelimit;

import java.time.Duration;
import storm.core.config.Settings;

/// Every rate limit of Storm.
///
/// @param publicCalls per hour and client address, on routes that need no token
/// @param userCalls per hour and member
/// @param staffCalls per hour and moderator or admin
/// @param loginFailures per 15 minutes and account
public record RateLimitConfig(Limit publicCalls, Limit userCalls, Limit staffCalls, Limit loginFailures) {
    private static final int MAX = 100_000_000;

    /// So many in any window of that length.
    public record Limit(int calls, Duration window) {}

    public static RateLimitConfig from(Settings settings) {
        Duration hour = Duration.ofHours(1);
        return new RateLimitConfig(
                new Limit(settings.number("storm.rate.limit.public", 100, 1, MAX), hour),
                new Limit(settings.number("storm.rate.limit.user", 1_000, 1, MAX), hour),
                new Limit(settings.number("storm.rate.limit.staff", 10_000, 1, MAX), hour),
                new Limit(10, Duration.ofMinutes(15)));
    }
}
