package storm.ws.sessions;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import storm.core.sessions.Revocations;
import storm.core.sessions.SessionsRevoked;
import storm.protocol.errors.CloseCode;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.ws.connections.Connection;
import storm.ws.connections.Connections;
import storm.ws.handshake.Handshake;
import storm.ws.redis.Turns;

/// `session.renew`; ends connections with their tokens, unless they are renewed in time. Thread-safe.
@Singleton
public class SessionHandler {
    /// How long before its token's end a client is warned.
    public static final Duration WARNING = Duration.ofSeconds(60);

    private final Handshake handshake;
    private final Connections connections;
    private final Revocations revocations;
    private final Turns turns;
    private final Clock clock;

    @Inject
    public SessionHandler(
            Handshake handshake, Connections connections, Revocations revocations, Turns turns, Clock clock) {
        this.handshake = handshake;
        this.connections = connections;
        this.revocations = revocations;
        this.turns = turns;
        this.clock = clock;
    }

    /// Goes on with a newer token: `session.renewed`. One that is no good ends the connection.
    ///
    /// @throws storm.protocol.errors.StormException TOKEN_…, UNAUTHORIZED, SERVICE_UNAVAILABLE
    public void renew(Connection connection, String requestId, ClientEvent.SessionRenew renew) {
        turns.command(() -> {
            handshake.renew(connection, renew.token());
            return true;
        });
        connection.answer(
                requestId, new ServerEvent.SessionRenewed(connection.token().expiresAt()));
    }

    /// Warns of the token's end, and ends the connection with it.
    public void expire(Connection connection) {
        Instant now = clock.instant();
        Instant end = connection.token().expiresAt();
        if (!now.isBefore(end)) {
            connection.close(CloseCode.UNAUTHORIZED);
        } else if (!now.isBefore(end.minus(WARNING)) && connection.warnOnce()) {
            connection.send(new ServerEvent.SessionExpiring(end));
        }
    }

    /// Takes an announced revocation.
    public void revoked(SessionsRevoked revoked) {
        for (Connection connection : connections.of(revoked.userId())) {
            if (revoked.concerns(connection.token())) {
                connection.cut(CloseCode.UNAUTHORIZED);
            }
        }
    }

    /// Looks up whether a connection was revoked while announcements may have been missed.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public void recheck(Connection connection) {
        if (turns.command(() -> revocations.isRevoked(connection.token()))) {
            connection.cut(CloseCode.UNAUTHORIZED);
        }
    }
}
