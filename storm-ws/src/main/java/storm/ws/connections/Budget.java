package storm.ws.connections;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that many mailboxes may hold together, so that thousands of clients that each stay within their own bounds do
/// not fill the memory. Thread-safe.
public final class Budget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    public Budget(long limit) {
        this.limit = limit;
    }

    /// Takes so many; false, and none taken, if there are not as many left.
    boolean tryTake(long bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    public long taken() {
        return taken.get();
    }
}
