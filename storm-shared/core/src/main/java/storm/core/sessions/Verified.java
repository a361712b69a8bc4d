package storm.core.sessions;

import java.time.Instant;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

/// What a good access token says. Its signature and times hold; whether it was revoked is a question to
/// [Revocations].
///
/// @param issuedAt to the millisecond, and before the user was read: what is revoked "before T" is then exact
/// @param jti the token's own id
public record Verified(
        UserId userId, Role role, SessionId sessionId, Instant issuedAt, Instant expiresAt, String jti) {}
