package storm.ws.upkeep;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import storm.protocol.errors.CloseCode;
import storm.protocol.errors.StormException;
import storm.ws.channels.ChannelHandler;
import storm.ws.channels.Channels;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Connections;
import storm.ws.handshake.Admission;
import storm.ws.presence.OwnPresence;
import storm.ws.presence.PresenceHandler;
import storm.ws.sessions.SessionHandler;

/// Looks after every connection once a second: who is silent, stalled, at the end of a token, or due to be called
/// online.
///
/// One thread, `storm-ws-upkeep`, which never blocks: what asks Redis runs on a virtual thread, one at a time of
/// each.
@Singleton
public class Upkeep {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(20);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final Connections connections;
    private final ConnectionLimits limits;
    private final Admission admission;
    private final SessionHandler sessions;
    private final Channels channels;
    private final ChannelHandler channelHandler;
    private final OwnPresence ownPresence;
    private final PresenceHandler watches;
    private final Recovery recovery;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("storm-ws-upkeep").factory());
    private long ticks;

    @Inject
    public Upkeep(
            Connections connections,
            ConnectionLimits limits,
            Admission admission,
            SessionHandler sessions,
            Channels channels,
            ChannelHandler channelHandler,
            OwnPresence ownPresence,
            PresenceHandler watches,
            Recovery recovery) {
        this.connections = connections;
        this.limits = limits;
        this.admission = admission;
        this.sessions = sessions;
        this.channels = channels;
        this.channelHandler = channelHandler;
        this.ownPresence = ownPresence;
        this.watches = watches;
        this.recovery = recovery;
    }

    public void start() {
        var _ = clockwork.scheduleWithFixedDelay(this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void stop() {
        clockwork.shutdownNow();
    }

    private void tick() {
        try {
            ticks++;
            List<Connection> due = new ArrayList<>();
            for (Connection connection : connections.all()) {
                look(connection);
                if (isDue(connection)) {
                    due.add(connection);
                }
            }
            connections.ending().forEach(this::hasten);
            channelHandler.sweep();
            channels.sweep();
            ask(due);
        } catch (RuntimeException e) {
            LOG.log(ERROR, "upkeep failed", e);
        }
    }

    private void look(Connection connection) {
        if (!connection.isReady()) {
            admission.watch(connection);
            return;
        }
        sessions.expire(connection);
        if (connection.silence().compareTo(LONGEST_SILENCE) > 0) {
            connection.close(CloseCode.NORMAL);
        }
        if (connection.stalled().compareTo(limits.sendDeadline()) > 0) {
            connection.cut(CloseCode.SLOW_CONSUMER);
        }
    }

    /// A peer that takes neither its last frames nor the close is not waited for.
    private void hasten(Connection connection) {
        boolean stuck = connection.stalled().compareTo(LONGEST_CLOSE) > 0;
        if (connection.closingFor().compareTo(stuck ? LONGEST_CLOSE : LONGEST_FLUSH) > 0) {
            connection.force();
        }
        if (connection.isSettled(LONGEST_ANSWER) || connection.closingFor().compareTo(LONGEST_END) > 0) {
            // The container will not say any more that it is gone.
            connections.gone(connection);
        }
    }

    /// Spreads the refreshes of all connections evenly over the time between two of one.
    private boolean isDue(Connection connection) {
        return connection.isReady()
                && Math.floorMod(connection.id().hashCode() + ticks, OwnPresence.REFRESH.toSeconds()) == 0;
    }

    private void ask(List<Connection> due) {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("storm-ws-upkeep-asks").start(() -> {
            try {
                ownPresence.refresh(due);
                watches.recheck();
                recovery.lookAtEpoch();
            } catch (StormException _) {
                // Out of reach: presence outlives two refreshes that fail, and doubts stay until they are looked at.
            } catch (RuntimeException e) {
                LOG.log(ERROR, "upkeep failed", e);
            } finally {
                asking.set(false);
            }
        });
    }
}
