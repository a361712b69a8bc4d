package storm.protocol.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.SessionId;

/// A signed-in session of a user.
///
/// @param current whether it is the one that asks
public record Session(
        SessionId id,
        Instant createdAt,
        Instant lastUsedAt,
        @Nullable String address,
        @Nullable String userAgent,
        boolean current) {}
