package storm.bench.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import storm.core.channelevents.ChannelEvents;
import storm.core.redis.RedisSubscriber;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;

/// Hears what the worker publishes, as a gateway does, without opening it.
///
/// A channel's events come in the order of its queue, so the n-th one that is heard is the n-th that was enqueued:
/// that tells how long each took.
final class Arrivals implements AutoCloseable {
    private static final int DIGITS = 3;

    private final RedisSubscriber subscriber;
    private final Map<ChannelId, Long> newest = new HashMap<>();
    private final Map<ChannelId, Queue<Long>> begun = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();
    private volatile long first;
    private volatile long last;
    private volatile Histogram latencies = new ConcurrentHistogram(DIGITS);

    Arrivals(Stage stage) throws InterruptedException {
        subscriber = new RedisSubscriber(stage.connections, "bench", () -> disordered.addAndGet(1_000_000));
        subscriber.start();
        for (ChannelId channel : stage.channels) {
            try {
                subscriber
                        .subscribe(ChannelEvents.topic(channel), message -> heard(channel, message))
                        .get(20, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new StormException(ErrorCode.SERVICE_UNAVAILABLE, "Redis did not confirm a subscription", e);
            }
        }
    }

    /// Begins a measurement.
    void reset() {
        count.set(0);
        first = 0;
        latencies = new ConcurrentHistogram(DIGITS);
    }

    /// A message of the channel is about to be enqueued, by the one thread that does so for this channel.
    void begin(ChannelId channel) {
        begun(channel).add(System.nanoTime());
    }

    private Queue<Long> begun(ChannelId channel) {
        return begun.computeIfAbsent(channel, _ -> new ConcurrentLinkedQueue<>());
    }

    private void heard(ChannelId channel, String message) {
        long now = System.nanoTime();
        long seq = ChannelEvents.seqOf(message);
        Long before = newest.put(channel, seq);
        if (before != null && seq <= before) {
            disordered.incrementAndGet();
        }
        Long at = begun(channel).poll();
        if (at != null) {
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(now - at));
        }
        if (first == 0) {
            first = now;
        }
        last = now;
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    /// Seconds from the first to the last that was heard.
    double seconds() {
        return (last - first) / 1e9;
    }

    /// From enqueueing to hearing, in microseconds.
    Histogram latencies() {
        return latencies;
    }

    /// Events that came twice or out of order.
    long disordered() {
        return disordered.get();
    }

    /// Waits until so many were heard; whether they were in time.
    boolean await(long expected, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (count() < expected && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        return count() >= expected;
    }

    @Override
    public void close() {
        subscriber.close();
    }
}
