package storm.core.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamPendingSummary;
import storm.core.config.QueueConfig;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.queue.QueueStats;

/// Figures of the whole queue, read from all partitions in one pipeline, and how many are connected to the gateways.
/// Thread-safe.
@Singleton
public class QueueStatistics {
    private final UnifiedJedis redis;
    private final WorkerHeartbeats heartbeats;
    private final QueueConfig config;
    private final Clock clock;

    private record Partition(
            Response<Long> length,
            Response<StreamPendingSummary> pending,
            Response<List<StreamEntry>> first,
            Response<Long> delayed,
            Response<Long> dead,
            Response<Map<String, String>> minute) {}

    @Inject
    public QueueStatistics(UnifiedJedis redis, WorkerHeartbeats heartbeats, QueueConfig config, Clock clock) {
        this.redis = redis;
        this.heartbeats = heartbeats;
        this.config = config;
        this.clock = clock;
    }

    /// The figures of now.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE if Redis is out of reach
    public QueueStats read() {
        long now = clock.millis();
        List<Partition> partitions = new ArrayList<>();
        Response<Long> connections;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int p = 0; p < config.partitions(); p++) {
                partitions.add(new Partition(
                        pipeline.xlen(Keys.queue(p)),
                        pipeline.xpending(Keys.queue(p), "workers"),
                        pipeline.xrange(Keys.queue(p), (StreamEntryID) null, null, 1),
                        pipeline.zcard(Keys.delayed(p)),
                        pipeline.hlen(Keys.dead(p)),
                        pipeline.hgetAll(Keys.stats(p, now / 60_000 - 1))));
            }
            connections = pipeline.zcount(Keys.PRESENCE_CONNECTIONS, "(" + now, "+inf");
            pipeline.sync();
        } catch (JedisException e) {
            throw RedisFaults.translate(e);
        }
        long stored = 0;
        long active = 0;
        long delayed = 0;
        long dead = 0;
        long done = 0;
        long failed = 0;
        long oldest = now;
        for (Partition partition : partitions) {
            stored += partition.length.get();
            active += pending(partition);
            delayed += partition.delayed.get();
            dead += partition.dead.get();
            done += number(partition.minute.get().get("done"));
            failed += number(partition.minute.get().get("failed"));
            for (StreamEntry entry : partition.first.get()) {
                oldest = Math.min(oldest, entry.getID().getTime());
            }
        }
        return new QueueStats(
                Math.max(0, stored - active),
                active,
                delayed,
                dead,
                done,
                failed,
                Math.max(0, now - oldest),
                heartbeats.live().size(),
                connections.get());
    }

    private static long pending(Partition partition) {
        try {
            StreamPendingSummary summary = partition.pending.get();
            return summary == null ? 0 : summary.getTotal();
        } catch (JedisDataException e) {
            return 0; // Nobody has read this partition yet, so it has no group.
        }
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
