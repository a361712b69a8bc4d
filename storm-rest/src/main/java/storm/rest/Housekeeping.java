package storm.rest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("storm-rest-housekeeping").factory());

    @Inject
    public Housekeeping(
            UserStore users,
            SessionStore sessions,
            ChannelStore channels,
            ReadMarkerStore readMarkers,
            AuditStore audit,
            FirstAdmin firstAdmin,
            ChannelRemoval removal) {
        this.users = users;
        this.sessions = sessions;
        this.channels = channels;
        this.readMarkers = readMarkers;
        this.audit = audit;
        this.firstAdmin = firstAdmin;
        this.removal = removal;
    }

    public void start() {
        timer.execute(this::prepare);
    }

    private void prepare() {
        try {
            users.createIndexes();
            sessions.createIndexes();
            channels.createIndexes();
            readMarkers.createIndexes();
            audit.createIndexes();
            firstAdmin.ensure();
            timer.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toSeconds(), TimeUnit.SECONDS);
        } catch (StormException e) {
            LOG.log(Level.WARNING, "the database is not ready: {0}", e.detail());
            timer.schedule(this::prepare, UNTIL_READY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the database could not be prepared", e);
            timer.schedule(this::prepare, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        try {
            removal.finish();
            sessions.removeExpired(java.time.Instant.now());
        } catch (StormException e) {
            LOG.log(Level.DEBUG, "housekeeping waits: {0}", e.detail());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "housekeeping failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
