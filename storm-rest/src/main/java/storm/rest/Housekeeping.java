package storm.rest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import storm.protocol.errors.StormException;
import storm.rest.channels.ChannelRemoval;
import storm.rest.users.FirstAdmin;
import storm.store.audit.AuditStore;
import storm.store.channels.ChannelStore;
import storm.store.readmarkers.ReadMarkerStore;
import storm.store.sessions.SessionStore;
import storm.store.users.UserStore;

/// What the REST server does by itself: indexes and the first admin once the database is there, then what deleted
/// channels and sessions left behind.
///
/// One thread, `storm-rest-housekeeping`, from [#start] to [#close]. Every task may run on several servers at once.
@Singleton
public class Housekeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration UNTIL_READY = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final UserStore users;
    private final SessionStore sessions;
    private final ChannelStore channels;
    private final ReadMarkerStore readMarkers;
    private final AuditStore audit;
    private final FirstAdmin firstAdmin;
    private final ChannelRemoval removal;
    private final Clock clock;
    private volatile boolean prepared;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("storm-rest-housekeeping").unstarted(this::run);

    @Inject
    public Housekeeping(
            UserStore users,
            SessionStore sessions,
            ChannelStore channels,
            ReadMarkerStore readMarkers,
            AuditStore audit,
            FirstAdmin firstAdmin,
            ChannelRemoval removal,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.channels = channels;
        this.readMarkers = readMarkers;
        this.audit = audit;
        this.firstAdmin = firstAdmin;
        this.removal = removal;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /// Whether the indexes are there, and the first admin was made if one was needed.
    public boolean isPrepared() {
        return prepared;
    }

    private void run() {
        try {
            while (!done("preparing the database", this::prepare)) {
                Thread.sleep(UNTIL_READY);
            }
            prepared = true;
            while (true) {
                done("sweeping", this::sweep);
                Thread.sleep(SWEEP);
            }
        } catch (InterruptedException _) {
            // Closed: the thread ends.
        }
    }

    private void prepare() {
        users.createIndexes();
        sessions.createIndexes();
        channels.createIndexes();
        readMarkers.createIndexes();
        audit.createIndexes();
        firstAdmin.ensure();
    }

    private void sweep() {
        removal.finish();
        sessions.removeExpired(clock.instant());
    }

    private static boolean done(String what, Runnable task) {
        try {
            task.run();
            return true;
        } catch (StormException e) {
            LOG.log(Level.WARNING, "{0} waits: {1} ({2})", what, e.detail(), String.valueOf(e.getCause()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, what + " failed", e);
        }
        return false;
    }
}
