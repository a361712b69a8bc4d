package storm.core.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.QueueConfig;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.protocol.errors.StormException;

/// The producer's side of the queue.
///
/// Touches `storm:q:{p}`, `storm:q:{p}:seen:<id>` and the topic `storm:wake`. Thread-safe.
@Singleton
public class InboundQueue {
    private static final Duration SEEN = Duration.ofHours(24);
    private static final LuaScript ENQUEUE = LuaScript.named("enqueue");

    private final UnifiedJedis redis;
    private final JobCodec codec;
    private final QueueConfig config;
    private final Partitions partitions;

    @Inject
    public InboundQueue(UnifiedJedis redis, JobCodec codec, QueueConfig config) {
        this.redis = redis;
        this.codec = codec;
        this.config = config;
        this.partitions = new Partitions(config.partitions());
    }

    /// Stores a job, once; when it returns `Queued`, Redis has it.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach: the job may be stored or not, and
    ///     it is
    ///     safe to send it again
    public EnqueueResult enqueue(Job job) {
        int partition = partitions.of(job.channelId());
        Object answer = ENQUEUE.run(
                redis,
                List.of(Keys.queue(partition), Keys.seen(partition, job.jobId())),
                List.of(
                        codec.seal(partition, job),
                        job.jobId(),
                        String.valueOf(config.maxLength()),
                        String.valueOf(SEEN.toSeconds()),
                        String.valueOf(partition)));
        return switch (String.valueOf(answer)) {
            case "queued" -> new EnqueueResult.Queued();
            case "duplicate" -> new EnqueueResult.Duplicate();
            case "full" -> new EnqueueResult.Full();
            default -> throw new IllegalStateException("enqueue answered " + answer);
        };
    }
}
