package storm.bench.gateway;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import storm.bench.bare.BareServer;
import storm.client.http.ServerAddress;

/// What the gateway is measured by. Each scenario returns one line of figures per measurement and throws if anything
/// went wrong: figures of a run that lost an event are worth nothing.
final class Scenarios {
    private static final int OPENING_AT_ONCE = 50;
    private static final int SENDERS = 4;
    private static final double NANOS = 1e9;
    private static final int PINGS = 300;
    private static final int HONEST_RATE = 10;

    /// Seconds; a little later a reader who takes nothing is cut off.
    private static final double UNTIL_CUT_OFF = 7;

    /// Of the reader, where it is not times that are measured.
    private static final Duration FAN_OUT_PAUSE = Duration.ofMillis(10);

    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(1);

    private final ServerAddress address;
    private final GatewayOptions options;
    private final Consumer<String> progress;

    Scenarios(ServerAddress address, GatewayOptions options, Consumer<String> progress) {
        this.address = address;
        this.options = options;
        this.progress = progress;
    }

    /// Texts of 200 bytes to one channel, as many as go through: the next is sent when the window of those that not
    /// everybody has yet allows.
    List<String> fanOut() throws InterruptedException, IOException {
        List<String> lines = new ArrayList<>();
        warmUpTheWay();
        double ours = fanOut(gather(), address, "", lines);
        if (options.bare().isPresent()) {
            progress.accept("starting the bare endpoint");
            try (BareServer bare = BareServer.start(options.bare().get())) {
                ServerAddress there = ServerAddress.of(bare.address().toString());
                double theirs = fanOut(Crowd.ofNobody(there), there, "bare ", lines);
                lines.add(line("Storm comes to %.0f %% of the bare endpoint", 100 * ours / theirs));
            }
        }
        return lines;
    }

    /// What a text goes through before its fan-out is used more by many channels of one member than by one of many.
    private void warmUpTheWay() throws InterruptedException {
        try (Crowd crowd = Crowd.apart(address, SENDERS);
                RawSockets engine = engine()) {
            progress.accept("warming up");
            Sender sender = new Sender(engine, crowd, SENDERS, 100);
            ack(sender, options.warmUp());
            sender.awaitMessages(LONGEST_SETTLING);
        }
    }

    private double fanOut(Crowd members, ServerAddress where, String what, List<String> lines)
            throws InterruptedException {
        try (Crowd crowd = members;
                RawSockets engine = new RawSockets(GatewayOptions.plain(where), FAN_OUT_PAUSE)) {
            Listeners listeners = listeners(engine, crowd);
            listeners.timeOnly(20);
            Sender sender = new Sender(engine, crowd, SENDERS, 4 * options.window());
            flood(sender, listeners, options.warmUp());
            listeners.takeLatencies();
            long before = listeners.deliveries();
            long begun = System.nanoTime();
            flood(sender, listeners, options.seconds());
            double perSecond = (listeners.deliveries() - before) / ((System.nanoTime() - begun) / NANOS);
            mustBeSound(sender, listeners);
            lines.add(line("%sfan-out to %d: %,.0f deliveries/s", what, listeners.size(), perSecond));
            lines.add(latencies("  delivery", listeners.takeLatencies()));
            return perSecond;
        }
    }

    private void flood(Sender sender, Listeners listeners, double seconds) throws InterruptedException {
        long until = System.nanoTime() + Math.round(seconds * NANOS);
        while (System.nanoTime() < until) {
            while (sender.sent() * listeners.size() - listeners.deliveries()
                            > (long) options.window() * listeners.size()
                    && System.nanoTime() < until) {
                Thread.sleep(1);
            }
            sender.send(System.nanoTime());
        }
        settle(sender, listeners);
    }

    /// Sends at a fixed rate and looks how long deliveries and acks take.
    List<String> steady() throws InterruptedException {
        warmUpTheWay();
        try (Crowd crowd = gather();
                RawSockets engine = engine()) {
            Listeners listeners = listeners(engine, crowd);
            Sender sender = new Sender(engine, crowd, SENDERS, 1_000);
            flood(sender, listeners, options.warmUp());
            sender.steadily(options.rate(), 2);
            settle(sender, listeners);
            listeners.takeLatencies();
            sender.latencies().reset();
            sender.steadily(options.rate(), options.seconds());
            mustBeSound(sender, listeners);
            return List.of(
                    line("%,d messages/s to %d", options.rate(), listeners.size()),
                    latencies("  delivery", listeners.takeLatencies()),
                    latencies("  ack", sender.latencies()));
        }
    }

    /// The same, first twice with everybody reading, to see how far two runs differ anyhow, then while the gateway
    /// tries to write to one who does not read.
    List<String> stalledReader() throws InterruptedException {
        double seconds = Math.min(options.seconds(), UNTIL_CUT_OFF);
        warmUpTheWay();
        try (Crowd crowd = gather();
                RawSockets engine = engine();
                RawSockets apart = engine()) {
            Listeners listeners = listeners(engine, crowd);
            Sender sender = new Sender(engine, crowd, SENDERS, 1_000);
            Listeners stalled = new Listeners(apart, crowd, 1);
            stalled.open(1);
            flood(sender, listeners, options.warmUp());
            List<String> lines = new ArrayList<>();
            for (String what : List.of("all read", "all read", "one stalls")) {
                if (what.equals("one stalls")) {
                    stall(stalled.socket(0));
                }
                sender.steadily(options.rate(), 1);
                settle(sender, listeners);
                listeners.takeLatencies();
                sender.steadily(options.rate(), seconds);
                settle(sender, listeners);
                lines.add(latencies(what, listeners.takeLatencies()));
            }
            mustBeSound(sender, listeners);
            return lines;
        }
    }

    /// Stops reading and asks until the gateway cannot get rid of an answer: the system's buffers are full.
    private void stall(RawSocket socket) throws InterruptedException {
        GatewayGauge waiting = new GatewayGauge(address, "storm_ws_outbox_frames");
        socket.stall();
        long until = System.nanoTime() + LONGEST_SETTLING.toNanos();
        do {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the gateway still gets rid of everything");
            }
            for (int i = 0; i < PINGS; i++) {
                socket.send("{\"event\":\"ping\",\"requestId\":\"" + "p".repeat(60) + "\",\"payload\":{}}");
            }
            Thread.sleep(200);
        } while (waiting.value() == 0);
        progress.accept("one stalls");
    }

    /// Sends as fast as acks come back, or at a rate; each user speaks in a channel of his own.
    List<String> acks() throws InterruptedException {
        try (Crowd crowd = Crowd.apart(address, options.users());
                RawSockets engine = engine()) {
            Sender sender = new Sender(engine, crowd, options.users(), options.window());
            ack(sender, options.warmUp());
            sender.latencies().reset();
            if (options.rate() > 0) {
                // What the warm-up left to the worker is done first.
                sender.awaitMessages(LONGEST_SETTLING);
                sender.steadily(options.rate(), options.seconds());
                sender.awaitAcks();
                return List.of(latencies(line("ack at %,d/s", options.rate()), sender.latencies()));
            }
            long before = sender.acked();
            long begun = System.nanoTime();
            ack(sender, options.seconds());
            double perSecond = (sender.acked() - before) / ((System.nanoTime() - begun) / NANOS);
            sender.awaitAcks();
            return List.of(line("%,.0f acks/s", perSecond), latencies("  ack", sender.latencies()));
        }
    }

    private static void ack(Sender sender, double seconds) throws InterruptedException {
        long until = System.nanoTime() + Math.round(seconds * NANOS);
        while (System.nanoTime() < until) {
            sender.send(System.nanoTime());
        }
    }

    /// Opens many sockets and leaves them be; what they cost is for the server to tell.
    List<String> idle() throws InterruptedException {
        try (Crowd crowd = gather();
                RawSockets engine = engine()) {
            long begun = System.nanoTime();
            Listeners listeners = listeners(engine, crowd);
            double seconds = (System.nanoTime() - begun) / NANOS;
            progress.accept("open; looking on for " + options.seconds() + " s");
            for (int i = 0; i < 20 * options.seconds(); i++) {
                Thread.sleep(50);
                listeners.beat();
            }
            if (!listeners.faults().isEmpty()) {
                throw new IllegalStateException(listeners.faults());
            }
            return List.of(line(
                    "%,d sockets opened in %.1f s, %,.0f/s", listeners.size(), seconds, listeners.size() / seconds));
        }
    }

    /// Many send garbage; one member must notice nothing, and the gateway's memory must not fill up.
    List<String> hostile() throws InterruptedException {
        GatewayGauge heap = new GatewayGauge(address, "memory_usedHeap_bytes");
        try (Crowd crowd = gather();
                RawSockets engine = engine();
                RawSockets apart = engine()) {
            Listeners honest = new Listeners(engine, crowd, 1);
            honest.open(1);
            Sender sender = new Sender(engine, crowd, 1, 1_000);
            Hostile hostile = new Hostile(apart, crowd, options.sockets());
            double most = 0;
            hostile.begin();
            long begun = System.nanoTime();
            for (int second = 0; second < options.seconds(); second++) {
                sender.steadily(HONEST_RATE, 1);
                most = Math.max(most, heap.value());
            }
            double seconds = (System.nanoTime() - begun) / NANOS;
            hostile.end();
            mustBeSound(sender, honest);
            return List.of(
                    line("%,d connections of garbage, %,.0f/s", hostile.made(), hostile.made() / seconds),
                    "  closed: " + hostile.closes(),
                    line("  heap of the gateway at most %.0f MB", most / (1 << 20)),
                    latencies("  delivery to the honest member", honest.takeLatencies()));
        }
    }

    /// Everybody is connected; the gateway is to be restarted meanwhile by somebody else.
    List<String> reconnect() throws InterruptedException {
        try (Crowd crowd = gather();
                RawSockets engine = engine()) {
            return new Reconnects(engine, crowd, options, progress).run();
        }
    }

    private Crowd gather() throws InterruptedException {
        progress.accept("registering " + options.users() + " users");
        return Crowd.gather(address, options.users());
    }

    private RawSockets engine() {
        return new RawSockets(GatewayOptions.plain(address), Duration.ZERO);
    }

    private Listeners listeners(RawSockets engine, Crowd crowd) throws InterruptedException {
        progress.accept("opening " + options.sockets() + " sockets");
        Listeners listeners = new Listeners(engine, crowd, options.sockets());
        listeners.open(OPENING_AT_ONCE);
        progress.accept("ready");
        return listeners;
    }

    private static void settle(Sender sender, Listeners listeners) throws InterruptedException {
        long until = System.nanoTime() + Math.round(30 * NANOS);
        while (listeners.deliveries() < sender.sent() * listeners.size() && System.nanoTime() < until) {
            Thread.sleep(1);
        }
    }

    private static void mustBeSound(Sender sender, Listeners listeners) throws InterruptedException {
        settle(sender, listeners);
        long missing = sender.sent() * listeners.size() - listeners.deliveries();
        if (missing != 0 || sender.refused() != 0 || !listeners.faults().isEmpty()) {
            throw new IllegalStateException("%d deliveries missing, %d texts refused; %s"
                    .formatted(missing, sender.refused(), listeners.faults()));
        }
    }

    private static String latencies(String what, Histogram micros) {
        return line(
                "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%,d)",
                what,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3,
                micros.getTotalCount());
    }

    @FormatMethod
    static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
