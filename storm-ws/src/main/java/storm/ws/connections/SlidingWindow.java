package storm.ws.connections;

import org.jspecify.annotations.Nullable;

/// Counts what happened in the last minute, to the second, and says when it is too much.
///
/// An event counts for at least 60 and less than 61 seconds, so that no minute, wherever it begins, sees more than
/// the limit. 250 bytes however high the limit is, and none before the first event. Not thread-safe.
public final class SlidingWindow {
    private static final int SECONDS = 61;

    private final int limit;
    private int @Nullable [] counts;
    private int total;
    private long newest;

    public SlidingWindow(int limit) {
        this.limit = limit;
    }

    /// Counts one more, unless that would be too many.
    public boolean tryAdd(long nowMillis) {
        long second = nowMillis / 1000;
        int[] slots = advanceTo(second);
        if (total >= limit) {
            return false;
        }
        slots[(int) (newest % SECONDS)]++;
        total++;
        return true;
    }

    /// Seconds, at least 1, until [#tryAdd] has room again.
    public int retryAfter(long nowMillis) {
        int[] slots = advanceTo(nowMillis / 1000);
        if (total < limit) {
            return 1;
        }
        for (int age = SECONDS - 1; age > 0; age--) {
            if (slots[(int) Math.floorMod(newest - age, (long) SECONDS)] > 0) {
                return SECONDS - age;
            }
        }
        return SECONDS;
    }

    private int[] advanceTo(long second) {
        int[] slots = counts;
        if (slots == null) {
            slots = new int[SECONDS];
            counts = slots;
            newest = second;
        }
        // A clock that steps back counts into its newest second.
        for (long s = Math.max(newest + 1, second - SECONDS + 1); s <= second; s++) {
            int slot = (int) (s % SECONDS);
            total -= slots[slot];
            slots[slot] = 0;
        }
        newest = Math.max(newest, second);
        return slots;
    }
}
