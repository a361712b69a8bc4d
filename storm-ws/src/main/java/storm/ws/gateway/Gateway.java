package storm.ws.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import storm.protocol.errors.CloseCode;
import storm.ws.connections.Budget;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Connections;
import storm.ws.connections.Socket;
import storm.ws.dispatch.Dispatcher;
import storm.ws.handshake.Admission;
import storm.ws.handshake.Credentials;
import storm.ws.metrics.GatewayMetrics;

/// Takes sockets from their opening to their end. Nothing here blocks the container's threads. Thread-safe.
@Singleton
public class Gateway {
    /// All inboxes together may hold this part of the memory.
    private static final int INBOXES_SHARE = 8;

    /// What a frame takes in memory beside its text, in bytes.
    private static final int FRAME_OVERHEAD = 256;

    /// How many frames may wait for `connection.ready`.
    private static final int EARLY_FRAMES = 64;

    private final Connections connections;
    private final ConnectionLimits limits;
    private final Admission admission;
    private final Dispatcher dispatcher;
    private final GatewayMetrics metrics;
    private final Clock clock;
    private final Budget inboxes = new Budget(Runtime.getRuntime().maxMemory() / INBOXES_SHARE);
    private final AtomicInteger dismissing = new AtomicInteger();
    private volatile boolean stopping = true;

    @Inject
    public Gateway(
            Connections connections,
            ConnectionLimits limits,
            Admission admission,
            Dispatcher dispatcher,
            GatewayMetrics metrics,
            Clock clock) {
        this.connections = connections;
        this.limits = limits;
        this.admission = admission;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Takes a new socket.
    public Connection accept(Socket socket, String address, Credentials credentials) {
        Connection connection = new Connection(address, socket, limits, metrics.deliveryTimes::record, this::ended);
        if (stopping) {
            connection.close(CloseCode.GOING_AWAY);
        } else if (!connections.add(connection)) {
            connection.close(CloseCode.TRY_AGAIN_LATER);
        } else {
            connection.enqueue(0, inboxes, () -> admission.admit(connection, credentials));
        }
        return connection;
    }

    /// Takes a text frame.
    public void received(Connection connection, String text) {
        boolean early = !connection.isReady() && connection.inboxSize() >= EARLY_FRAMES;
        if (!connection.heard(clock.millis()) || early) {
            connection.close(CloseCode.POLICY_VIOLATION);
        } else if (!connection.enqueue(
                text.length() + FRAME_OVERHEAD, inboxes, () -> dispatcher.handle(connection, text))) {
            // Perhaps it is the server that is slow: Redis hangs, or too many ask at once.
            connection.close(CloseCode.TRY_AGAIN_LATER);
        }
    }

    /// Takes note of a frame that is larger than any may be.
    public void receivedTooMuch(Connection connection) {
        connection.close(CloseCode.TOO_BIG);
    }

    /// Takes a binary frame, which Storm has no use for.
    public void receivedBinary(Connection connection) {
        connection.close(CloseCode.BAD_REQUEST);
    }

    /// The container says that the socket is gone.
    public void gone(Connection connection) {
        connection.gone();
        connections.gone(connection);
    }

    /// The container says that something went wrong at a socket.
    public void failed() {
        metrics.errors.increment();
    }

    /// From now on clients are let in.
    public void start() {
        stopping = false;
    }

    /// From now on nobody is let in, and everybody is sent away.
    public void stop() {
        stopping = true;
        connections.all().forEach(connection -> connection.close(CloseCode.GOING_AWAY));
    }

    /// Whether nobody is connected any more, and everybody who was is signed off.
    public boolean isEmpty() {
        return connections.size() == 0 && dismissing.get() == 0;
    }

    /// How much of the clients' frames waits to be handled, in bytes.
    public long inboxBytes() {
        return inboxes.taken();
    }

    private void ended(Connection connection, CloseCode code) {
        connections.ending(connection);
        metrics.closed(code).increment();
        // Not by the caller's thread, which may hold the lock of a feed.
        dismissing.incrementAndGet();
        Thread.ofVirtual().name("storm-ws-dismiss").start(() -> {
            try {
                admission.dismiss(connection);
            } finally {
                dismissing.decrementAndGet();
            }
        });
    }
}
