package storm.rest.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import storm.core.sessions.Verified;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

/// Who asks: the principal of every request with a good token.
public record Caller(Verified token) implements Principal {

    /// The caller of a route that is not public.
    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("a public route has no caller");
    }

    @Override
    public String getName() {
        return token.userId().value();
    }

    public UserId userId() {
        return token.userId();
    }

    public SessionId sessionId() {
        return token.sessionId();
    }

    Role role() {
        return token.role();
    }
}
