package storm.ws.handshake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import storm.protocol.errors.CloseCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent.ChannelPosition;
import storm.protocol.events.ServerEvent.ConnectionReady;
import storm.ws.channels.Channels;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Connections;
import storm.ws.metrics.GatewayMetrics;
import storm.ws.presence.OwnPresence;
import storm.ws.presence.PresenceHandler;
import storm.ws.redis.Epoch;
import storm.ws.redis.Turns;

/// Lets a connection in, up to `connection.ready`, and out of everything it was in.
@Singleton
public class Admission {
    /// How long all of it may take, waiting for a turn included; then the client is to try again later.
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private final Handshake handshake;
    private final Connections connections;
    private final Channels channels;
    private final OwnPresence ownPresence;
    private final PresenceHandler watches;
    private final Epoch epoch;
    private final ConnectionLimits limits;
    private final Turns turns;
    private final GatewayMetrics metrics;
    private final Clock clock;

    @Inject
    public Admission(
            Handshake handshake,
            Connections connections,
            Channels channels,
            OwnPresence ownPresence,
            PresenceHandler watches,
            Epoch epoch,
            ConnectionLimits limits,
            Turns turns,
            GatewayMetrics metrics,
            Clock clock) {
        this.handshake = handshake;
        this.connections = connections;
        this.channels = channels;
        this.ownPresence = ownPresence;
        this.watches = watches;
        this.epoch = epoch;
        this.limits = limits;
        this.turns = turns;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// The first work of a connection: what its client says meanwhile waits behind it.
    public void admit(Connection connection, Credentials credentials) throws InterruptedException {
        try {
            turns.check(LONGEST, () -> {
                connection.beginCheck();
                handshake.authenticate(connection, credentials);
                return true;
            });
            List<ChannelPosition> positions = channels.open(connection, LONGEST);
            ownPresence.connected(connection);
            connection.open(new ConnectionReady(
                    connection.userId(),
                    connection.token().sessionId(),
                    clock.instant(),
                    epoch.value(),
                    positions,
                    limits.told()));
            metrics.opened.increment();
        } catch (StormException e) {
            // Not logged: anybody may send a bad token as often as they like. The metric of closes counts it.
            connection.close(e.code().closeCode());
        }
        if (connection.isClosing()) {
            // Its dismissal may have run before it was in everywhere.
            dismiss(connection);
        }
    }

    /// Takes a connection out of everything; harmless to repeat.
    public void dismiss(Connection connection) {
        channels.close(connection);
        watches.forget(connection);
        connections.remove(connection);
        if (connection.isAuthenticated()) {
            ownPresence.disconnected(connection);
        }
    }

    /// Ends an admission that takes too long.
    public void watch(Connection connection) {
        if (!connection.isAuthenticated() && connection.checkTime().compareTo(Handshake.LONGEST_CHECK) > 0) {
            connection.close(CloseCode.UNAUTHORIZED);
        } else if (!connection.isReady() && connection.age().compareTo(LONGEST) > 0) {
            connection.close(CloseCode.TRY_AGAIN_LATER);
        }
    }
}
