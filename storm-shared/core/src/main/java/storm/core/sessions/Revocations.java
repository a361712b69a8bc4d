package storm.core.sessions;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Which access tokens are revoked though their time is not over.
///
/// Redis: hash `storm:user:{userId}:revoked` with the fields
/// - `before`: tokens issued at or before these epoch milliseconds are revoked,
/// - `others`, `except`: the same, but for the session `except`,
/// - `s:<sessionId>` = 1: that session is over.
///
/// It lives as long as the longest token that it can concern, then it is gone. Thread-safe.
@Singleton
public class Revocations {
    private static final Duration KEPT = AccessTokens.LIFETIME.plus(AccessTokens.CLOCK_SKEW.multipliedBy(2));

    private final UnifiedJedis redis;

    @Inject
    public Revocations(UnifiedJedis redis) {
        this.redis = redis;
    }

    /// Revokes; from its return on [#check] refuses the tokens concerned.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void revoke(SessionsRevoked revoked) {
        String before = Long.toString(revoked.before().toEpochMilli());
        Map<String, String> fields;
        if (revoked.sessionId() != null) {
            fields = Map.of("s:" + revoked.sessionId().value(), "1");
        } else if (revoked.except() != null) {
            fields = Map.of("others", before, "except", revoked.except().value());
        } else {
            fields = Map.of("before", before);
        }
        String key = Keys.revoked(revoked.userId());
        RedisFaults.translated(() -> {
            redis.hset(key, fields);
            return redis.pexpire(key, KEPT.toMillis());
        });
    }

    /// Refuses a revoked token.
    ///
    /// @throws StormException TOKEN_REVOKED, or SERVICE_UNAVAILABLE
    public void check(Verified token) {
        if (isRevoked(token)) {
            throw new StormException(ErrorCode.TOKEN_REVOKED, "the session was ended");
        }
    }

    /// Whether the token is revoked.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public boolean isRevoked(Verified token) {
        Map<String, String> revoked = RedisFaults.translated(() -> redis.hgetAll(Keys.revoked(token.userId())));
        return revokedBefore(token.issuedAt(), revoked.get("before"))
                || revoked.containsKey("s:" + token.sessionId().value())
                || (revokedBefore(token.issuedAt(), revoked.get("others"))
                        && !token.sessionId().value().equals(revoked.get("except")));
    }

    private static boolean revokedBefore(Instant issuedAt, @Nullable String before) {
        return before != null && issuedAt.toEpochMilli() <= Long.parseLong(before);
    }
}
