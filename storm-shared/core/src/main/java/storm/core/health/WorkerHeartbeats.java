package storm.core.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisFaults;

/// Which workers live: sorted set `storm:workers`, ids by expiry. Thread-safe.
///
/// Every method throws SERVICE_UNAVAILABLE if Redis is out of reach.
@Singleton
public class WorkerHeartbeats {
    /// How long a worker counts as alive after a beat.
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(6);

    private static final LuaScript BEAT = LuaScript.named("beat");

    private final UnifiedJedis redis;
    private final Clock clock;

    @Inject
    public WorkerHeartbeats(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// Says that a worker is alive, and clears those that are not.
    public void beat(String workerId) {
        long now = clock.millis();
        BEAT.run(
                redis,
                List.of(Keys.WORKERS),
                List.of(workerId, String.valueOf(now), String.valueOf(now + TIME_TO_LIVE.toMillis())));
    }

    /// Says that a worker ends.
    public void leave(String workerId) {
        RedisFaults.translated(() -> redis.zrem(Keys.WORKERS, workerId));
    }

    /// The live workers, in a stable order.
    public List<String> live() {
        return RedisFaults.translated(() -> redis
                .zrange(
                        Keys.WORKERS,
                        ZRangeParams.zrangeByScoreParams((double) clock.millis(), Double.POSITIVE_INFINITY))
                .stream()
                .sorted()
                .toList());
    }
}
