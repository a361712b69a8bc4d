package storm.client.live;

/// When to ask the server for a sign of life, and when to stop waiting for one.
///
/// A ping goes out at every interval, and once after each time of quiet that follows frames: the JDK may miss the end
/// of a connection that breaks right behind a frame, and then nothing but a question brings it to light. A new
/// connection begins as if a ping were under way, so that a server which says nothing at first is left, too. Times are
/// those of `System.nanoTime`. Not thread-safe.
final class Heartbeat {
    private final long interval;
    private final long quiet;
    private final long patience;
    private long sent;
    private long heard;
    private long stirred;

    Heartbeat(LiveSettings settings, long now) {
        this.interval = settings.ping().toNanos();
        this.quiet = settings.quiet().toNanos();
        this.patience = settings.answer().toNanos();
        this.sent = now;
        this.heard = now - 1;
        this.stirred = now - 1;
    }

    /// @param any when a frame came last
    /// @param other when a frame other than `pong` came last
    void heard(long any, long other) {
        heard = any - heard > 0 ? any : heard;
        stirred = other - stirred > 0 ? other : stirred;
    }

    void sent(long at) {
        sent = at;
    }

    boolean isDead(long now) {
        return isWaiting() && now - sent > patience;
    }

    boolean isDue(long now) {
        return !isWaiting() && now - nextAt() >= 0;
    }

    /// How long nothing needs to be done.
    long untilNext(long now) {
        return isWaiting() ? sent + patience + 1 - now : nextAt() - now;
    }

    private boolean isWaiting() {
        return heard - sent < 0;
    }

    private long nextAt() {
        long byInterval = sent + interval;
        long byQuiet = stirred + quiet;
        return stirred - sent > 0 && byQuiet - byInterval < 0 ? byQuiet : byInterval;
    }
}
