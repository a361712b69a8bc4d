package storm.bench.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Many clients who lose their gateway and come back, as the contract asks of a client: backoff, then a resume from
/// the last seq that they have.
final class Reconnects implements RawSocket.Listener {
    private static final int TEXTS = 40;
    private static final int OPENING_AT_ONCE = 50;
    private static final long BACKOFF_MILLIS = 500;

    /// The retryAfter of the gateway's error.unavailable.
    private static final long RESUME_AGAIN_MILLIS = 2_000;

    private static final double NANOS = 1e9;

    /// One client. The thread of the [RawSockets] moves its seq; the one that runs the scenario reads it to resume
    /// again.
    private static final class Client {
        private volatile long seq;
        private boolean in;
        private volatile boolean resuming;
        private int failures;
    }

    private record Attempt(int client, long atNanos) {}

    private record Resume(RawSocket socket, long atNanos) {}

    private final RawSockets engine;
    private final Crowd crowd;
    private final GatewayOptions options;
    private final Consumer<String> progress;
    private final Client[] clients;
    private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Resume> resumes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final LongAdder losses = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private final LongAdder incomplete = new LongAdder();
    private final Map<Integer, Integer> codes = new ConcurrentSkipListMap<>();
    private volatile long firstBackNanos;
    private final AtomicInteger posted = new AtomicInteger();

    Reconnects(RawSockets engine, Crowd crowd, GatewayOptions options, Consumer<String> progress) {
        this.engine = engine;
        this.crowd = crowd;
        this.options = options;
        this.progress = progress;
        clients = new Client[options.sockets()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new Client();
        }
    }

    List<String> run() throws InterruptedException {
        for (int i = 0; i < clients.length; i++) {
            while (i - ready.get() >= OPENING_AT_ONCE) {
                Thread.sleep(1);
            }
            connect(i);
        }
        await(() -> ready.get() == clients.length, 60);
        post(1);
        await(() -> whole.get() == clients.length, 60);
        progress.accept("ready: restart the gateway now");
        await(() -> losses.sum() >= clients.length, options.seconds());
        long lost = System.nanoTime();
        progress.accept("all connections are lost");
        whole.set(0);
        Thread posting = Thread.ofVirtual().start(() -> post(TEXTS));
        while (whole.get() < clients.length) {
            if (System.nanoTime() - lost > 120 * NANOS) {
                throw new IllegalStateException("only " + whole.get() + " were whole again after two minutes");
            }
            reconnect();
            Thread.sleep(1);
        }
        long done = System.nanoTime();
        posting.join();
        if (gaps.sum() + repeats.sum() + incomplete.sum() > 0) {
            throw new IllegalStateException("%d gaps, %d repeats, %d incomplete resumes"
                    .formatted(gaps.sum(), repeats.sum(), incomplete.sum()));
        }
        return List.of(Scenarios.line(
                "%,d clients had all %d texts %.1f s after they were cut off, %.1f s after the first was back; "
                        + "%,d were cut off once more, %,d answers were errors, connections ended with %s: no gap, no repeat",
                clients.length,
                posted.get(),
                (done - lost) / NANOS,
                (done - firstBackNanos) / NANOS,
                losses.sum() - clients.length,
                refused.sum(),
                codes));
    }

    private void post(int texts) {
        for (int i = 0; i < texts; i++) {
            crowd.post("0 while the gateway is away");
            posted.incrementAndGet();
        }
    }

    private void reconnect() {
        long now = System.nanoTime();
        for (int looked = attempts.size(); looked > 0; looked--) {
            Attempt attempt = attempts.poll();
            if (attempt != null) {
                if (attempt.atNanos() - now > 0) {
                    attempts.add(attempt);
                } else {
                    connect(attempt.client());
                }
            }
        }
        for (int looked = resumes.size(); looked > 0; looked--) {
            Resume again = resumes.poll();
            if (again != null) {
                if (again.atNanos() - now > 0) {
                    resumes.add(again);
                } else if (again.socket().isOpen()) {
                    resume(again.socket(), clients[again.socket().number()]);
                }
            }
        }
    }

    private void connect(int number) {
        try {
            var _ = engine.open(number, crowd.token(number), true, this);
        } catch (IOException e) {
            later(number);
        }
    }

    /// min(2^n · 0.5 s, longest) ± 30 %.
    private void later(int number) {
        long wait =
                Math.min(1_000L * options.longestWait(), BACKOFF_MILLIS << Math.min(10, clients[number].failures++));
        attempts.add(new Attempt(number, jittered(wait)));
    }

    private static long jittered(long millis) {
        double jitter = 0.7 + 0.6 * ThreadLocalRandom.current().nextDouble();
        return System.nanoTime() + Math.round(millis * jitter * 1e6);
    }

    @Override
    public void text(RawSocket socket, byte[] bytes, int from, int to) {
        Client client = clients[socket.number()];
        if (Frames.isReady(bytes, from, to)) {
            client.failures = 0;
            client.in = true;
            if (ready.incrementAndGet() == clients.length + 1) {
                firstBackNanos = System.nanoTime();
            }
            resume(socket, client);
        } else if (Frames.isResumed(bytes, from, to)) {
            client.resuming = false;
            if (!Frames.isComplete(bytes, from, to)) {
                incomplete.increment();
            }
        } else if (Frames.isMessage(bytes, from, to)) {
            heard(client, Frames.seq(bytes, from, to));
        } else if (Frames.isError(bytes, from, to)) {
            refused.increment();
            resumes.add(new Resume(socket, jittered(RESUME_AGAIN_MILLIS)));
        }
    }

    private void resume(RawSocket socket, Client client) {
        if (client.seq > 0) {
            client.resuming = true;
            socket.send("{\"event\":\"channel.resume\",\"requestId\":\"1\",\"payload\":{\"channels\":[{\"channelId\":\""
                    + crowd.channel(socket.number()) + "\",\"afterSeq\":" + client.seq + "}]}}");
        }
    }

    private void heard(Client client, long seq) {
        if (seq == client.seq + 1) {
            client.seq = seq;
            if (seq == 1 || seq == 1 + TEXTS) {
                whole.incrementAndGet();
            }
        } else if (client.resuming && seq > client.seq) {
            // Live, ahead of what was missed: it comes again with the resume.
            return;
        } else if (seq > client.seq) {
            gaps.increment();
        } else {
            repeats.increment();
        }
    }

    @Override
    public void closed(RawSocket socket, int code) {
        Client client = clients[socket.number()];
        codes.merge(code, 1, Integer::sum);
        if (client.in) {
            client.in = false;
            losses.increment();
        }
        later(socket.number());
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, int seconds) throws InterruptedException {
        long until = System.nanoTime() + Math.round(seconds * NANOS);
        while (!condition.holds()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not within " + seconds + " s");
            }
            Thread.sleep(5);
        }
    }
}
