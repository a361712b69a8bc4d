package storm.core.sessions;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import redis.clients.jedis.UnifiedJedis;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.json.Json;

/// Tells every gateway which sessions ended.
///
/// Redis: pub/sub `storm:sessions`, message [SessionsRevoked] as JSON `{userId, sessionId?, except?, before}`.
/// A message lost with a connection does no harm: gateways check their sockets against [Revocations] after each
/// reconnect.
@Singleton
public class SessionBroadcast {
    public static final String CHANNEL = Keys.SESSIONS;

    private final UnifiedJedis redis;

    @Inject
    public SessionBroadcast(UnifiedJedis redis) {
        this.redis = redis;
    }

    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public void publish(SessionsRevoked revoked) {
        RedisFaults.translated(() -> redis.publish(CHANNEL, Json.write(revoked)));
    }

    /// Reads a message of the channel.
    ///
    /// @throws storm.protocol.errors.StormException VALIDATION_ERROR if it is none
    public static SessionsRevoked parse(String message) {
        return Json.read(message, SessionsRevoked.class);
    }
}
