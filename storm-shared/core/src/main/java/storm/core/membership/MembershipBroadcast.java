package storm.core.membership;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import redis.clients.jedis.UnifiedJedis;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.json.Json;

/// Tells gateways and workers what happened to a channel or its members, after the database has it.
///
/// Redis: pub/sub `storm:membership`, message [MembershipChanged] as JSON `{channelId, userId?, change, ts}`.
/// Who loses its subscription reads the truth again from the database (the gateway through a worker).
@Singleton
public class MembershipBroadcast {
    public static final String CHANNEL = Keys.MEMBERSHIP;

    private final UnifiedJedis redis;

    @Inject
    public MembershipBroadcast(UnifiedJedis redis) {
        this.redis = redis;
    }

    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public void publish(MembershipChanged changed) {
        RedisFaults.translated(() -> redis.publish(CHANNEL, Json.write(changed)));
    }

    /// Reads a message of the channel.
    ///
    /// @throws storm.protocol.errors.StormException VALIDATION_ERROR if it is none
    public static MembershipChanged parse(String message) {
        return Json.read(message, MembershipChanged.class);
    }
}
