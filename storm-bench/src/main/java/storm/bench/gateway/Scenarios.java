package storm.bench.gateway;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import storm.client.http.ServerAddress;

/// What the gateway is measured by. Each scenario returns one line of figures per measurement and throws if anything
/// went wrong: figures of a run that lost an event are worth nothing.
final class Scenarios {
    private static final int OPENING_AT_ONCE = 50;
    private static final int SENDERS = 4;
    private static final double NANOS = 1e9;

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
    List<String> fanOut() throws InterruptedException {
        try (Crowd crowd = gather();
                RawSockets engine = engine()) {
            Listeners listeners = listeners(engine, crowd);
            listeners.timeOnly(20);
            Sender sender = new Sender(engine, crowd, SENDERS, 4 * options.window());
            flood(sender, listeners, options.seconds() / 3.0);
            listeners.takeLatencies();
            long before = listeners.deliveries();
            long begun = System.nanoTime();
            flood(sender, listeners, options.seconds());
            double seconds = (System.nanoTime() - begun) / NANOS;
            mustBeSound(sender, listeners);
            long deliveries = listeners.deliveries() - before;
            return List.of(
                    line("fan-out to %d: %,.0f deliveries/s", listeners.size(), deliveries / seconds),
                    latencies("  delivery", listeners.takeLatencies()));
        }
    }

    private void flood(Sender sender, Listeners listeners, double seconds) throws InterruptedException {
        long until = System.nanoTime() + Math.round(seconds * NANOS);
        while (System.nanoTime() < until) {
            while (sender.sent() * listeners.size() - listeners.deliveries()
                            > (long) options.window() * listeners.size()
                    && System.nanoTime() < until) {
                Thread.sleep(0, 200_000);
            }
            sender.send(System.nanoTime());
        }
        settle(sender, listeners);
    }

    /// Sends at a fixed rate and looks how long deliveries and acks take.
    List<String> steady() throws InterruptedException {
        try (Crowd crowd = gather();
                RawSockets engine = engine()) {
            Listeners listeners = listeners(engine, crowd);
            Sender sender = new Sender(engine, crowd, SENDERS, 1_000);
            sender.steadily(options.rate(), 5);
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

    /// The same, first with everybody reading, then with one who does not read.
    List<String> stalledReader() throws InterruptedException {
        try (Crowd crowd = gather();
                RawSockets engine = engine();
                RawSockets apart = engine()) {
            Listeners listeners = listeners(engine, crowd);
            Sender sender = new Sender(engine, crowd, SENDERS, 1_000);
            sender.steadily(options.rate(), 5);
            settle(sender, listeners);
            listeners.takeLatencies();
            sender.steadily(options.rate(), options.seconds());
            settle(sender, listeners);
            Histogram fine = listeners.takeLatencies();
            Listeners stalled = new Listeners(apart, crowd, 1);
            stalled.open(1);
            stalled.socket(0).stall();
            sender.steadily(options.rate(), options.seconds());
            mustBeSound(sender, listeners);
            return List.of(latencies("all read", fine), latencies("one stalls", listeners.takeLatencies()));
        }
    }

    /// Sends as fast as acks come back, over so many sockets.
    List<String> acks() throws InterruptedException {
        try (Crowd crowd = options.bare() ? Crowd.ofNobody(address) : Crowd.apart(address, options.users());
                RawSockets engine = engine()) {
            Sender sender = new Sender(engine, crowd, options.sockets(), options.window());
            if (options.rate() > 0) {
                sender.steadily(options.rate(), 5);
                sender.latencies().reset();
                sender.steadily(options.rate(), options.seconds());
                return List.of(latencies(line("ack at %,d/s", options.rate()), sender.latencies()));
            }
            ack(sender, options.seconds() / 3.0);
            sender.latencies().reset();
            long before = sender.acked();
            long begun = System.nanoTime();
            ack(sender, options.seconds());
            double perSecond = (sender.acked() - before) / ((System.nanoTime() - begun) / NANOS);
            if (sender.refused() > 0) {
                throw new IllegalStateException(sender.refused() + " texts were refused");
            }
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
            Thread.sleep(options.seconds() * 1_000L);
            if (!listeners.faults().isEmpty()) {
                throw new IllegalStateException(listeners.faults());
            }
            return List.of(line(
                    "%,d sockets opened in %.1f s, %,.0f/s", listeners.size(), seconds, listeners.size() / seconds));
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
        if (options.bare()) {
            return Crowd.ofNobody(address);
        }
        progress.accept("registering " + options.users() + " users");
        return Crowd.gather(address, options.users());
    }

    private RawSockets engine() {
        return new RawSockets(options.gateway(address));
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
