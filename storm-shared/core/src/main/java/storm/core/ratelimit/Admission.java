package storm.core.ratelimit;

import java.time.Duration;

/// Whether a call may go on.
///
/// @param remaining how many more may follow now
/// @param reset until when at least one more is free; for a refused call the time to wait
public record Admission(boolean admitted, int limit, int remaining, Duration reset) {
    /// `reset` in whole seconds, at least one.
    public long resetSeconds() {
        return Math.max(1, reset.plusMillis(999).toSeconds());
    }
}
