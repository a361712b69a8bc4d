package storm.core.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZAddParams;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisFaults;
import storm.protocol.ids.UserId;

/// Ends what a gateway that died left behind, and hands over who was last seen when.
///
/// One worker runs it every few seconds; two at once do no harm. Both methods do a bounded part and say whether
/// there may be more, and throw SERVICE_UNAVAILABLE if Redis is out of reach.
@Singleton
public class PresenceSweep {
    private static final int BATCH = 500;
    private static final LuaScript FORGET = LuaScript.named("presence-forget");

    private final UnifiedJedis redis;
    private final Clock clock;

    @Inject
    public PresenceSweep(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// Removes connections whose time is over; users without any other are offline from now on.
    ///
    /// @return whether there may be more
    public boolean sweep() {
        long now = clock.millis();
        RedisFaults.translated(
                () -> redis.zremrangeByScore(Keys.PRESENCE_CONNECTIONS, Double.NEGATIVE_INFINITY, (double) now));
        List<String> due = RedisFaults.translated(() -> redis.zrange(
                Keys.PRESENCE_EXPIRY,
                ZRangeParams.zrangeByScoreParams(Double.NEGATIVE_INFINITY, (double) now)
                        .limit(0, BATCH)));
        for (String id : due) {
            UserId user = new UserId(id);
            Object left = Presence.OFFLINE.run(
                    redis,
                    List.of(Keys.presence(user)),
                    List.of(String.valueOf(now), "", Presence.message(user, false, now)));
            long expiry = left instanceof Long millis ? millis : -1;
            if (expiry > 0) {
                RedisFaults.translated(() -> redis.zadd(
                        Keys.PRESENCE_EXPIRY,
                        (double) expiry,
                        id,
                        ZAddParams.zAddParams().gt()));
            } else {
                if (expiry == 0) {
                    // Last heard of one lifetime before it expired.
                    RedisFaults.translated(
                            () -> redis.zadd(Presence.SEEN, (double) (now - Presence.LIFETIME.toMillis()), id));
                }
                FORGET.run(redis, List.of(Keys.PRESENCE_EXPIRY), List.of(id, String.valueOf(now)));
            }
        }
        return due.size() == BATCH;
    }

    /// Hands users and when each was last online to `store`, and forgets them once it returns.
    ///
    /// @return whether there may be more
    public boolean drainLastSeen(Consumer<Map<UserId, Instant>> store) {
        List<Tuple> seen = RedisFaults.translated(() -> redis.zrangeWithScores(Presence.SEEN, 0, BATCH - 1));
        if (seen.isEmpty()) {
            return false;
        }
        Map<UserId, Instant> batch = new HashMap<>();
        seen.forEach(each -> batch.put(new UserId(each.getElement()), Instant.ofEpochMilli((long) each.getScore())));
        store.accept(batch);
        for (Tuple each : seen) {
            FORGET.run(
                    redis, List.of(Presence.SEEN), List.of(each.getElement(), String.valueOf((long) each.getScore())));
        }
        return seen.size() == BATCH;
    }
}
