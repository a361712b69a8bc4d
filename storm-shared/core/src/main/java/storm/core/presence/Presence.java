package storm.core.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZAddParams;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisFaults;
import storm.protocol.events.ServerEvent.PresenceChanged;
import storm.protocol.ids.UserId;
import storm.protocol.json.Json;

/// Who is online, over all gateways: a user is while one connection lives.
///
/// Redis:
/// - sorted set `storm:presence:{userId}`: connections by expiry; lives a day after the last refresh,
/// - sorted set `storm:presence:expiry`: users by an expiry, for [PresenceSweep],
/// - sorted set `storm:presence:connections`: connections of all users by expiry, to count them,
/// - sorted set `storm:presence:seen`: users by when they were last online, until the worker has stored it,
/// - topic `storm:presence`: [PresenceChanged] as JSON, published in the same step as the change.
///
/// Thread-safe. Every method throws SERVICE_UNAVAILABLE if Redis is out of reach.
@Singleton
public class Presence {
    /// How long a connection counts without a refresh.
    public static final Duration LIFETIME = Duration.ofSeconds(90);

    private static final Duration KEPT = Duration.ofDays(1);
    static final String SEEN = "storm:presence:seen";
    static final LuaScript OFFLINE = LuaScript.named("presence-offline");
    private static final LuaScript ONLINE = LuaScript.named("presence-online");

    private final UnifiedJedis redis;
    private final Clock clock;

    /// A connection of a user.
    public record Live(UserId userId, String connection) {}

    /// How a user stands.
    ///
    /// @param lastSeen when the user was last online, if that is recent; the database has what is older
    public record State(boolean online, @Nullable Instant lastSeen) {}

    @Inject
    public Presence(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// A connection begins.
    public void connected(Live live) {
        long now = clock.millis();
        long expiry = now + LIFETIME.toMillis();
        RedisFaults.translated(() -> {
            try (AbstractPipeline pipeline = redis.pipelined()) {
                pipeline.zadd(
                        Keys.PRESENCE_EXPIRY,
                        (double) expiry,
                        live.userId().value(),
                        ZAddParams.zAddParams().gt());
                pipeline.zadd(Keys.PRESENCE_CONNECTIONS, (double) expiry, live.connection());
                pipeline.sync();
            }
            return true;
        });
        ONLINE.run(
                redis,
                List.of(Keys.presence(live.userId())),
                List.of(
                        String.valueOf(now),
                        String.valueOf(expiry),
                        live.connection(),
                        message(live.userId(), true, now)));
    }

    /// Connections live on; to be called well within [#LIFETIME].
    public void refresh(Collection<Live> all) {
        long now = clock.millis();
        long expiry = now + LIFETIME.toMillis();
        List<Live> lapsed = new ArrayList<>();
        RedisFaults.translated(() -> {
            Map<Live, Response<Long>> added = new HashMap<>();
            try (AbstractPipeline pipeline = redis.pipelined()) {
                for (Live live : all) {
                    String key = Keys.presence(live.userId());
                    added.put(live, pipeline.zadd(key, (double) expiry, live.connection()));
                    pipeline.pexpire(key, KEPT.toMillis());
                    pipeline.zadd(Keys.PRESENCE_CONNECTIONS, (double) expiry, live.connection());
                    pipeline.zadd(
                            Keys.PRESENCE_EXPIRY,
                            (double) expiry,
                            live.userId().value(),
                            ZAddParams.zAddParams().gt());
                }
                pipeline.sync();
            }
            added.forEach((live, isNew) -> {
                if (isNew.get() > 0) {
                    lapsed.add(live);
                }
            });
            return true;
        });
        // They had expired, or Redis lost them: to the others they come anew.
        for (Live live : lapsed) {
            RedisFaults.translated(() -> redis.publish(Keys.PRESENCE, message(live.userId(), true, now)));
        }
    }

    /// A connection ended.
    public void disconnected(Live live) {
        long now = clock.millis();
        RedisFaults.translated(() -> redis.zrem(Keys.PRESENCE_CONNECTIONS, live.connection()));
        Object left = OFFLINE.run(
                redis,
                List.of(Keys.presence(live.userId())),
                List.of(String.valueOf(now), live.connection(), message(live.userId(), false, now)));
        if (Long.valueOf(0).equals(left)) {
            RedisFaults.translated(
                    () -> redis.zadd(SEEN, (double) now, live.userId().value()));
        }
    }

    /// How users stand now.
    public Map<UserId, State> of(Collection<UserId> users) {
        String now = String.valueOf(clock.millis());
        return RedisFaults.translated(() -> {
            Map<UserId, Response<Long>> counts = new HashMap<>();
            Map<UserId, Response<Double>> seen = new HashMap<>();
            try (AbstractPipeline pipeline = redis.pipelined()) {
                for (UserId user : users) {
                    counts.put(user, pipeline.zcount(Keys.presence(user), "(" + now, "+inf"));
                    seen.put(user, pipeline.zscore(SEEN, user.value()));
                }
                pipeline.sync();
            }
            Map<UserId, State> states = new HashMap<>();
            for (UserId user : users) {
                Double millis = seen.get(user) == null ? null : seen.get(user).get();
                Response<Long> count = counts.get(user);
                states.put(
                        user,
                        new State(
                                count != null && count.get() > 0,
                                millis == null ? null : Instant.ofEpochMilli(millis.longValue())));
            }
            return states;
        });
    }

    /// Reads a message of the topic.
    ///
    /// @throws storm.protocol.errors.StormException VALIDATION_ERROR if it is none
    public static PresenceChanged parse(String message) {
        return Json.read(message, PresenceChanged.class);
    }

    static String message(UserId userId, boolean online, long now) {
        return Json.write(new PresenceChanged(userId, online, Instant.ofEpochMilli(now)));
    }
}
