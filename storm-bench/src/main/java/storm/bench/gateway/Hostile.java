package storm.bench.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Many clients that send garbage as soon as they are connected, every other without a token, and come again as soon as
/// they are closed.
final class Hostile implements RawSocket.Listener {
    private static final int NOISE = 2_000;
    private static final int LARGE = 60_000;
    private static final int OFTEN = 200;
    private static final int KINDS = 8;

    private final RawSockets engine;
    private final Crowd crowd;
    private final int sockets;
    private final ConcurrentLinkedQueue<Integer> idle = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> closes = new ConcurrentSkipListMap<>();
    private final AtomicLong made = new AtomicLong();
    private final Random random = new Random(20260102);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("storm-hostile").unstarted(this::run);
    private volatile boolean ended;

    Hostile(RawSockets engine, Crowd crowd, int sockets) {
        this.engine = engine;
        this.crowd = crowd;
        this.sockets = sockets;
    }

    void begin() {
        for (int i = 0; i < sockets; i++) {
            idle.add(i);
        }
        thread.start();
    }

    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }

    private void run() {
        try {
            while (!ended) {
                Integer number = idle.poll();
                if (number == null) {
                    Thread.sleep(1);
                } else {
                    attack(number);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attack(int number) {
        try {
            RawSocket socket = engine.open(number, number % 2 == 0 ? crowd.token(number) : "nonsense", true, this);
            made.incrementAndGet();
            byte[] noise = new byte[NOISE];
            random.nextBytes(noise);
            byte[] unknown =
                    "{\"event\":\"no.such\",\"requestId\":\"\",\"payload\":{}}".getBytes(StandardCharsets.US_ASCII);
            switch (number / 2 % KINDS) {
                case 0 -> socket.send(ByteBuffer.wrap(noise));
                case 1 -> socket.send("{");
                case 2 -> socket.send(RawSocket.frame(0x81, noise, noise.length)); // Not UTF-8.
                case 3 -> socket.send(RawSocket.frame(0x82, noise, noise.length)); // Binary.
                case 4 -> socket.send(RawSocket.frame(0x81, noise, 1L << 40)); // A length that never comes.
                case 5 -> socket.send(RawSocket.frame(0xf1, noise, noise.length)); // Reserved bits.
                case 6 -> {
                    for (int i = 0; i < OFTEN; i++) {
                        socket.send(RawSocket.frame(0x81, unknown, unknown.length));
                    }
                }
                default -> {
                    for (int i = 0; i < 2 * KINDS; i++) {
                        socket.send("x".repeat(LARGE));
                    }
                }
            }
        } catch (IOException e) {
            idle.add(number);
        }
    }

    @Override
    public void text(RawSocket socket, byte[] bytes, int from, int to) {
        // Whatever the gateway says to garbage.
    }

    @Override
    public void closed(RawSocket socket, int code) {
        closes.merge(code, 1, Integer::sum);
        idle.add(socket.number());
    }

    long made() {
        return made.get();
    }

    /// How many were closed with each code.
    Map<Integer, Integer> closes() {
        return new TreeMap<>(closes);
    }
}
