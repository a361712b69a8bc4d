package storm.store.sessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;

/// A signed-in session, alive until its refresh token expires.
///
/// @param credentialVersion that of the account when the session began; the session is void once the account's is
///     newer
public record StoredSession(
        SessionId id,
        UserId userId,
        long credentialVersion,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable String address,
        @Nullable String userAgent) {}
