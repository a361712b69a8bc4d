package storm.ws.presence;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import storm.core.presence.Presence;
import storm.protocol.errors.StormException;
import storm.ws.connections.Connection;
import storm.ws.redis.Turns;

/// Says for the connections of this gateway that their users are online.
@Singleton
public class OwnPresence {
    /// How often it is said again.
    public static final Duration REFRESH = Presence.LIFETIME.dividedBy(3);

    private static final System.Logger LOG = System.getLogger(OwnPresence.class.getName());
    private static final int BATCH = 500;

    private final Presence presence;
    private final Turns turns;

    @Inject
    public OwnPresence(Presence presence, Turns turns) {
        this.presence = presence;
        this.turns = turns;
    }

    /// @throws StormException SERVICE_UNAVAILABLE
    public void connected(Connection connection) {
        turns.command(() -> {
            presence.connected(live(connection));
            return true;
        });
    }

    public void disconnected(Connection connection) {
        try {
            turns.command(() -> {
                presence.disconnected(live(connection));
                return true;
            });
        } catch (StormException e) {
            // The entry expires by itself.
            LOG.log(DEBUG, "a connection could not be signed off: {0}", e.detail());
        }
    }

    /// @throws StormException SERVICE_UNAVAILABLE
    public void refresh(Collection<Connection> connections) {
        List<Connection> all = List.copyOf(connections);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Connection> some = all.subList(from, Math.min(all.size(), from + BATCH));
            turns.command(() -> {
                presence.refresh(some.stream().map(OwnPresence::live).toList());
                return true;
            });
            // One that ended meanwhile was perhaps signed off before it was refreshed.
            some.stream().filter(Connection::isClosing).forEach(this::disconnected);
        }
    }

    private static Presence.Live live(Connection connection) {
        return new Presence.Live(connection.userId(), connection.id());
    }
}
