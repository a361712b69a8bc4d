package storm.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/// Sends texts of 200 bytes over a few sockets, each of which begins with the time it was due to be sent.
///
/// That time, not the one when it was really sent: a sender that is held up must not hide how long others would have
/// waited (coordinated omission).
final class Sender implements RawSocket.Listener {
    private static final int LENGTH = 200;
    private static final long LONGEST_MICROS = 600_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    private final Crowd crowd;
    private final RawSocket[] sockets;
    private final Semaphore unacked;
    private final AtomicInteger ready = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder acked = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder heard = new LongAdder();
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private int next;

    /// @param window most texts without an ack, over all sockets
    Sender(RawSockets engine, Crowd crowd, int sockets, int window) throws InterruptedException {
        this.crowd = crowd;
        this.unacked = new Semaphore(window);
        this.sockets = new RawSocket[sockets];
        try {
            for (int i = 0; i < sockets; i++) {
                this.sockets[i] = engine.open(i, crowd.token(i), true, this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (ready.get() < sockets) {
            Thread.sleep(5);
        }
    }

    /// Sends one text as soon as the window allows.
    void send(long dueNanos) throws InterruptedException {
        if (!unacked.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no ack within 30 s");
        }
        String head = dueNanos + " ";
        int socket = next++ % sockets.length;
        sockets[socket].send("{\"event\":\"message.send\",\"requestId\":\"" + dueNanos
                + "\",\"payload\":{\"messageId\":\"" + UUID.randomUUID() + "\",\"channelId\":\"" + crowd.channel(socket)
                + "\",\"content\":\"" + head + "x".repeat(LENGTH - head.length())
                + "\",\"clientTs\":\"2030-01-31T12:00:00Z\"}}");
        sent.increment();
    }

    /// Sends so many a second for so many seconds.
    void steadily(double perSecond, double seconds) throws InterruptedException {
        long begun = System.nanoTime();
        long count = Math.round(perSecond * seconds);
        for (long i = 0; i < count; i++) {
            long due = begun + Math.round(i * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            send(due);
        }
    }

    @Override
    public void text(RawSocket socket, byte[] bytes, int from, int to) {
        if (Frames.isAck(bytes, from, to)) {
            long due = Frames.requestNumber(bytes, from, to);
            latencies.recordValue(Math.clamp((System.nanoTime() - due) / NANOS_PER_MICRO, 0, LONGEST_MICROS));
            acked.increment();
            unacked.release();
        } else if (Frames.isReady(bytes, from, to)) {
            ready.incrementAndGet();
        } else if (Frames.isMessage(bytes, from, to)) {
            heard.increment();
        } else {
            refused.increment();
            unacked.release();
        }
    }

    @Override
    public void closed(RawSocket socket, int code) {
        refused.increment();
    }

    /// Waits until as many messages came back as were sent, where each socket hears its own texts alone, or for so
    /// long.
    void awaitMessages(Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        while (heard.sum() < sent.sum() && System.nanoTime() < until) {
            Thread.sleep(5);
        }
    }

    /// Waits until everything is acked.
    ///
    /// @throws IllegalStateException if something was refused, or not acked within half a minute
    void awaitAcks() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (acked.sum() + refused.sum() < sent.sum() && System.nanoTime() < until) {
            Thread.sleep(5);
        }
        if (acked.sum() < sent.sum()) {
            throw new IllegalStateException(
                    "%d texts were refused, %d of %d acked".formatted(refused.sum(), acked.sum(), sent.sum()));
        }
    }

    long sent() {
        return sent.sum();
    }

    long acked() {
        return acked.sum();
    }

    long refused() {
        return refused.sum();
    }

    ConcurrentHistogram latencies() {
        return latencies;
    }
}
