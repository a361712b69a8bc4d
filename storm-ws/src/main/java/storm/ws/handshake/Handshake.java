package storm.ws.handshake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.Revocations;
import storm.core.sessions.Verified;
import storm.core.sessions.WsTickets;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.ws.connections.Connection;
import storm.ws.connections.Connections;

/// Finds out who a new connection belongs to.
@Singleton
public class Handshake {
    /// How long the check may take once it is its turn; then the connection is closed as unauthorized.
    public static final Duration LONGEST_CHECK = Duration.ofSeconds(5);

    private final AccessTokens tokens;
    private final WsTickets tickets;
    private final Revocations revocations;
    private final Connections connections;

    @Inject
    public Handshake(AccessTokens tokens, WsTickets tickets, Revocations revocations, Connections connections) {
        this.tokens = tokens;
        this.tickets = tickets;
        this.revocations = revocations;
        this.connections = connections;
    }

    /// Authenticates the connection and makes it known under its user.
    ///
    /// @throws StormException TOKEN_…, UNAUTHORIZED, RATE_LIMIT_EXCEEDED or SERVICE_UNAVAILABLE: how to close it
    public void authenticate(Connection connection, Credentials credentials) {
        Verified token = verify(credentials);
        connection.authenticate(token);
        if (!connections.identify(connection)) {
            throw new StormException(ErrorCode.RATE_LIMIT_EXCEEDED, "too many connections of this user");
        }
        // After it is known under its user: a revocation from now on finds it, one before is found here.
        revocations.check(token);
    }

    /// Replaces the token that a connection lives by.
    ///
    /// @throws StormException TOKEN_… or UNAUTHORIZED if it is not as good as the first
    public void renew(Connection connection, String renewed) {
        Verified token = tokens.verify(renewed);
        if (!token.userId().equals(connection.userId())) {
            throw new StormException(ErrorCode.UNAUTHORIZED, "the token belongs to somebody else");
        }
        connection.authenticate(token);
        revocations.check(token);
    }

    private Verified verify(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Ticket(String ticket) ->
                tickets.redeem(ticket)
                        .orElseThrow(() -> new StormException(ErrorCode.UNAUTHORIZED, "the ticket is not valid"));
            case Credentials.Token(String token) -> tokens.verify(token);
            case Credentials.None() -> throw new StormException(ErrorCode.UNAUTHORIZED, "a token is required");
        };
    }
}
