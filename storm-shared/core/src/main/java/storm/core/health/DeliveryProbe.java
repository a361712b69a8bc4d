package storm.core.health;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import storm.core.queue.EnqueueResult;
import storm.core.queue.InboundQueue;
import storm.core.queue.Job;
import storm.core.redis.RedisConnections;
import storm.core.redis.RedisSubscriber;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;

/// Finds out whether messages move: sends a job through a partition of the queue and waits for word of it by
/// pub/sub.
///
/// Each probe takes another partition. The finding is kept for two seconds, so that asking costs nothing.
/// Thread-safe; the subscription begins with the first probe and ends with [#close].
@Singleton
public class DeliveryProbe implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeliveryProbe.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final InboundQueue queue;
    private final WorkerHeartbeats heartbeats;
    private final Clock clock;
    private final RedisSubscriber subscriber;
    private final String topic = "storm:probe:" + UUID.randomUUID();
    private final SecureRandom random = new SecureRandom();
    private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
    private @Nullable CompletableFuture<Void> listening;
    private Instant foundAt = Instant.EPOCH;
    private boolean found;

    @Inject
    public DeliveryProbe(InboundQueue queue, WorkerHeartbeats heartbeats, RedisConnections connections, Clock clock) {
        this.queue = queue;
        this.heartbeats = heartbeats;
        this.clock = clock;
        this.subscriber = new RedisSubscriber(connections, "probe", () -> {});
    }

    /// Whether a job came through within `patience`, now or in the last two seconds. Never throws for an
    /// outage.
    public synchronized boolean delivers(Duration patience) {
        Instant now = clock.instant();
        if (foundAt.plus(KEPT).isBefore(now)) {
            found = probe(System.nanoTime() + patience.toNanos());
            foundAt = clock.instant();
        }
        return found;
    }

    @PreDestroy
    @Override
    public void close() {
        subscriber.close();
    }

    private boolean probe(long deadline) {
        String id = Job.newId();
        CompletableFuture<Boolean> arrived = new CompletableFuture<>();
        waiting.put(id, arrived);
        try {
            if (heartbeats.live().isEmpty()) {
                return false; // Nobody would take the job, and they would pile up.
            }
            await(listening(), deadline);
            byte[] anyChannel = new byte[12];
            random.nextBytes(anyChannel);
            ChannelId channel = new ChannelId(HexFormat.of().formatHex(anyChannel));
            EnqueueResult result = queue.enqueue(new Job.Probe(id, channel, topic, clock.instant()));
            return result instanceof EnqueueResult.Queued && await(arrived, deadline);
        } catch (StormException | TimeoutException | ExecutionException e) {
            LOG.log(Level.DEBUG, "a probe did not come through: {0}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(id);
        }
    }

    private CompletableFuture<Void> listening() {
        if (listening == null) {
            listening = subscriber.start().subscribe(topic, id -> {
                CompletableFuture<Boolean> arrived = waiting.get(id);
                if (arrived != null) {
                    arrived.complete(true);
                }
            });
        }
        return listening;
    }

    private static <T> T await(CompletableFuture<T> future, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
