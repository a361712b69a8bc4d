package storm.core.sessions;

import java.time.Instant;

/// A new access token in its compact form (RFC 7519).
public record SignedToken(String token, Instant expiresAt) {
    @Override
    public String toString() {
        return "SignedToken[masked, expiresAt=" + expiresAt + "]";
    }
}
