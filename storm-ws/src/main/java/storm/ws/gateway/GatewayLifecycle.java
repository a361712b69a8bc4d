package storm.ws.gateway;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import storm.core.config.ShutdownConfig;
import storm.ws.connections.Connection;
import storm.ws.connections.Connections;
import storm.ws.redis.Announcements;
import storm.ws.upkeep.Recovery;
import storm.ws.upkeep.Upkeep;

/// Starts and stops what runs in the gateway.
@Singleton
public class GatewayLifecycle {
    private static final System.Logger LOG = System.getLogger(GatewayLifecycle.class.getName());
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final AnnouncementRouter router;
    private final Announcements announcements;
    private final Connections connections;
    private final Upkeep upkeep;
    private final Recovery recovery;
    private final ShutdownConfig shutdown;
    private final Thread goodbye = new Thread(this::stop, "storm-ws-goodbye");
    private boolean stopped;

    @Inject
    public GatewayLifecycle(
            Gateway gateway,
            AnnouncementRouter router,
            Announcements announcements,
            Connections connections,
            Upkeep upkeep,
            Recovery recovery,
            ShutdownConfig shutdown) {
        this.gateway = gateway;
        this.router = router;
        this.announcements = announcements;
        this.connections = connections;
        this.upkeep = upkeep;
        this.recovery = recovery;
        this.shutdown = shutdown;
    }

    public void start() {
        router.listen();
        announcements.start(recovery::begin);
        upkeep.start();
        gateway.start();
        // Should the container not tell that it stops: it cuts its sockets before it stops its applications, so the
        // goodbye begins with the end of the process, beside the container's own.
        Runtime.getRuntime().addShutdownHook(goodbye);
    }

    /// Sends everybody away with 1001, waits until what was queued for them is written, and forces the rest.
    ///
    /// Once; whoever comes second waits for the first.
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        gateway.stop();
        long deadline = System.nanoTime() + shutdown.timeout().toNanos();
        try {
            while (!isOver() && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        long left = connections.ending().stream()
                .filter(connection -> !connection.isSettled(Duration.ZERO))
                .count();
        if (left > 0) {
            LOG.log(WARNING, "{0} connections did not take their last frames in time", left);
            connections.ending().forEach(Connection::force);
        }
        upkeep.stop();
        recovery.stop();
        announcements.stop();
        LOG.log(INFO, "the gateway has stopped");
    }

    /// A peer that is gone never answers the close, and the container waits for it longer than anybody else should.
    private boolean isOver() {
        return gateway.isEmpty()
                && connections.ending().stream().allMatch(connection -> connection.isSettled(LAST_WORDS));
    }

    /// The application ends without its process, perhaps: nothing is to be done any more when that ends.
    public void undeployed() {
        try {
            Runtime.getRuntime().removeShutdownHook(goodbye);
        } catch (IllegalStateException _) {
            // The process is ending, and the hook runs.
        }
        stop();
    }
}
