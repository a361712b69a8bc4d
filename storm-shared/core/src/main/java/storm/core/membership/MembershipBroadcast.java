package storm.core.membership;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Tells gateways and workers what happened to a channel or its members, after the database has it.
///
/// Redis: pub/sub `storm:membership`, message [MembershipChanged] as JSON `{channelId, userId?, change, ts}`.
/// Who loses its subscription reads the truth again from the database (the gateway through a worker).
@Singleton
public class MembershipBroadcast {
    public static final String CHANNEL = "storm:membership";

    private final UnifiedJedis redis;

    @Inject
    public MembershipBroadcast(UnifiedJedis redis) {
        this.redis = redis;
    }

    /// @throws StormException SERVICE_UNAVAILABLE
    public void publish(MembershipChanged changed) {
        try {
            redis.publish(CHANNEL, Json.write(changed));
        } catch (JedisException e) {
            throw StormException.unavailable("Redis", Duration.ofSeconds(1), e);
        }
    }

    /// Reads a message of the channel.
    ///
    /// @throws StormException VALIDATION_ERROR if it is none
    public static MembershipChanged parse(String message) {
        return Json.read(message, MembershipChanged.class);
    }
}
