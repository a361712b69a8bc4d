package storm.bench;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import storm.protocol.errors.StormException;
import storm.protocol.ids.MessageId;

/// What the members of a run measure together. Thread-safe.
final class Measurements {
    private static final long NANOS_PER_MICRO = 1000;
    private static final int DIGITS = 3;

    private final int users;
    private final Map<MessageId, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, Long> refused = new ConcurrentHashMap<>();
    private final ConcurrentHistogram acks = new ConcurrentHistogram(DIGITS);
    private final ConcurrentHistogram deliveries = new ConcurrentHistogram(DIGITS);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    Measurements(int users) {
        this.users = users;
    }

    long sent(MessageId id) {
        long now = System.nanoTime();
        first.compareAndSet(0, now);
        sent.incrementAndGet();
        begun.put(id, now);
        return now;
    }

    void acked(long begunAt) {
        acks.recordValue((System.nanoTime() - begunAt) / NANOS_PER_MICRO);
    }

    void refused(MessageId id, Throwable failure) {
        begun.remove(id);
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String code = cause instanceof StormException ours ? ours.code().name() : String.valueOf(cause);
        refused.merge(code, 1L, Long::sum);
    }

    void delivered(MessageId id, boolean anew, boolean inOrder) {
        long now = System.nanoTime();
        Long at = begun.get(id);
        if (at == null) {
            return;
        }
        if (!anew) {
            repeated.incrementAndGet();
            return;
        }
        if (!inOrder) {
            disordered.incrementAndGet();
        }
        deliveries.recordValue((now - at) / NANOS_PER_MICRO);
        last.accumulateAndGet(now, Math::max);
    }

    boolean allDelivered() {
        return deliveries.getTotalCount() >= expected();
    }

    private long expected() {
        return (long) begun.size() * users;
    }

    Result result() {
        double seconds = Math.max((last.get() - first.get()) / 1e9, 1e-3);
        return new Result(
                users,
                sent.get(),
                refused,
                expected(),
                repeated.get(),
                disordered.get(),
                seconds,
                Latencies.of(acks),
                Latencies.of(deliveries));
    }
}
