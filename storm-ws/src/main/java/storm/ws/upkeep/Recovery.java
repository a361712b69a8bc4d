package storm.ws.upkeep;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.ws.channels.Channels;
import storm.ws.connections.Connection;
import storm.ws.connections.Connections;
import storm.ws.presence.PresenceHandler;
import storm.ws.redis.Epoch;
import storm.ws.sessions.SessionHandler;

/// Brings the gateway back to the truth when announcements may have been missed.
///
/// Events come from the log, before anything later goes out. Membership, revocations and presence are asked for
/// again, user by user, until all are answered; another loss meanwhile begins anew. Thread-safe.
@Singleton
public class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Connections connections;
    private final Channels channels;
    private final SessionHandler sessions;
    private final PresenceHandler presence;
    private final Epoch epoch;
    private final Set<UserId> doubtful = ConcurrentHashMap.newKeySet();
    private volatile boolean epochDoubtful;
    private volatile boolean presenceDoubtful;
    private boolean running;
    private volatile boolean stopped;

    @Inject
    public Recovery(
            Connections connections,
            Channels channels,
            SessionHandler sessions,
            PresenceHandler presence,
            Epoch epoch) {
        this.connections = connections;
        this.channels = channels;
        this.sessions = sessions;
        this.presence = presence;
        this.epoch = epoch;
    }

    /// Announcements may have been missed. Does not block; called before any later announcement is handled.
    public void begin() {
        channels.refill();
        Set<UserId> users = new HashSet<>();
        for (Connection connection : connections.all()) {
            if (connection.isAuthenticated()) {
                users.add(connection.userId());
            }
        }
        doubtful.addAll(users);
        epochDoubtful = true;
        presenceDoubtful = true;
        LOG.log(INFO, "the subscription was lost for a while: reading again for {0} users", users.size());
        synchronized (this) {
            if (!running && !stopped) {
                running = true;
                Thread.ofVirtual().name("storm-ws-recovery").start(this::run);
            }
        }
    }

    /// Looks whether Redis lost its data while the subscription stood.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void lookAtEpoch() {
        if (epoch.hasChanged()) {
            LOG.log(WARNING, "Redis lost its data: clients are told to page the history");
            channels.logLost();
        }
    }

    public void stop() {
        stopped = true;
    }

    /// Whether everything is known to be true again.
    public boolean isDone() {
        return doubtful.isEmpty() && !epochDoubtful && !presenceDoubtful;
    }

    private void run() {
        try {
            while (!stopped && !settle()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "recovery failed", e);
        } finally {
            synchronized (this) {
                running = false;
            }
        }
    }

    /// Asks for what is still doubtful; whether all was answered.
    private boolean settle() {
        try {
            if (epochDoubtful) {
                lookAtEpoch();
                epochDoubtful = false;
            }
            rereadUsers();
            if (presenceDoubtful) {
                presence.doubtAll();
                presence.reread();
                presenceDoubtful = false;
            }
        } catch (StormException _) {
            // Out of reach again: after a pause.
            return false;
        }
        return isDone();
    }

    private void rereadUsers() {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (UserId user : Set.copyOf(doubtful)) {
                var _ = each.submit(() -> reread(user));
            }
        }
    }

    private void reread(UserId user) {
        try {
            Collection<Connection> ofUser = connections.of(user);
            ofUser.forEach(sessions::recheck);
            // Taken out before it is asked for: a loss meanwhile puts it back.
            doubtful.remove(user);
            channels.reread(user);
        } catch (StormException _) {
            doubtful.add(user);
        }
    }
}
