package storm.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// Sockets that hear a channel: each checks that every event comes once and in order, and all tell how long it took.
///
/// Its counts are written by the one thread of the [RawSockets].
final class Listeners implements RawSocket.Listener {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long LONGEST_MICROS = 600_000_000;

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final String PING = "{\"event\":\"ping\",\"requestId\":\"\",\"payload\":{}}";

    private record Beat(RawSocket socket, long atNanos) {}

    private final RawSockets engine;
    private final Crowd crowd;
    private final List<RawSocket> sockets = new ArrayList<>();
    private final ArrayDeque<Beat> beats = new ArrayDeque<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private final Map<Integer, Integer> closes = new ConcurrentHashMap<>();
    private final long[] seqs;
    private volatile Histogram latencies = new Histogram(LONGEST_MICROS, 3);
    private volatile int timed;

    Listeners(RawSockets engine, Crowd crowd, int sockets) {
        this.engine = engine;
        this.crowd = crowd;
        seqs = new long[sockets];
        timed = sockets;
    }

    /// Opens all of them, so many at once, and returns when every one is ready or has been closed.
    void open(int atOnce) throws InterruptedException {
        try {
            for (int i = 0; i < seqs.length; i++) {
                while (i - ready.get() - closed() >= atOnce) {
                    Thread.sleep(1);
                    beat();
                }
                RawSocket opened = engine.open(i, crowd.token(i), true, this);
                sockets.add(opened);
                beats.add(new Beat(opened, System.nanoTime() + HEARTBEAT.toNanos()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (ready.get() + closed() < seqs.length) {
            Thread.sleep(5);
        }
    }

    /// Pings from those sockets that said nothing for half a minute, as the contract asks of clients.
    void beat() {
        long now = System.nanoTime();
        for (Beat due = beats.peek(); due != null && due.atNanos() - now <= 0; due = beats.peek()) {
            beats.remove();
            due.socket().send(PING);
            beats.add(new Beat(due.socket(), now + HEARTBEAT.toNanos()));
        }
    }

    /// Only so many of the sockets tell how long it took: looking costs the load generator.
    void timeOnly(int some) {
        timed = some;
    }

    /// Forgets the times so far, and returns them.
    Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = new Histogram(LONGEST_MICROS, 3);
        return taken;
    }

    @Override
    public void text(RawSocket socket, byte[] bytes, int from, int to) {
        if (Frames.isMessage(bytes, from, to)) {
            heard(socket.number(), Frames.seq(bytes, from, to));
            if (socket.number() < timed) {
                long sent = Frames.contentNumber(bytes, from, to);
                latencies.recordValue(Math.clamp((System.nanoTime() - sent) / NANOS_PER_MICRO, 0, LONGEST_MICROS));
            }
            deliveries.increment();
        } else if (Frames.isReady(bytes, from, to)) {
            ready.incrementAndGet();
        }
    }

    private void heard(int number, long seq) {
        long last = seqs[number];
        if (seq <= last) {
            repeats.increment();
        } else if (last != 0 && seq != last + 1) {
            gaps.increment();
        }
        seqs[number] = Math.max(seq, last);
    }

    @Override
    public void closed(RawSocket socket, int code) {
        closes.merge(code, 1, Integer::sum);
    }

    private int closed() {
        return closes.values().stream().mapToInt(Integer::intValue).sum();
    }

    RawSocket socket(int number) {
        return sockets.get(number);
    }

    int size() {
        return seqs.length;
    }

    long deliveries() {
        return deliveries.sum();
    }

    /// What went wrong, in words; empty if nothing.
    String faults() {
        return gaps.sum() + repeats.sum() + closed() == 0
                ? ""
                : "%d gaps, %d repeats, closed: %s".formatted(gaps.sum(), repeats.sum(), closes);
    }
}
