package storm.ws.handshake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client shows to be let in; the best of what it sent.
public sealed interface Credentials {
    /// A single-use ticket.
    record Ticket(String ticket) implements Credentials {
        @Override
        public String toString() {
            return "Ticket[masked]";
        }
    }

    /// An access token.
    record Token(String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[masked]";
        }
    }

    record None() implements Credentials {}

    /// Takes `?ticket=`, else the Authorization header, else `?token=`.
    static Credentials of(Map<String, String[]> query, @Nullable String authorization) {
        String ticket = first(query, "ticket");
        if (ticket != null) {
            return new Ticket(ticket);
        }
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Token(authorization.substring(7).strip());
        }
        String token = first(query, "token");
        return token == null ? new None() : new Token(token);
    }

    private static @Nullable String first(Map<String, String[]> query, String name) {
        String[] values = query.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }
}
