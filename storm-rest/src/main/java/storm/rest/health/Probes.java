package storm.rest.health;

import com.mongodb.client.MongoDatabase;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import redis.clients.jedis.UnifiedJedis;
import storm.core.health.DeliveryProbe;
import storm.core.health.WorkerHeartbeats;
import storm.protocol.health.Health;

/// Asks what this server needs whether it is there. Each part has 1.2 s, all are asked at once, and the finding is
/// kept for a second, so that anybody may ask as often as they like.
@Singleton
public class Probes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(1200);
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final Document PING = new Document("ping", 1);

    private final MongoDatabase database;
    private final UnifiedJedis redis;
    private final WorkerHeartbeats heartbeats;
    private final DeliveryProbe delivery;
    private final Clock clock;
    private final Instant started;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Instant foundAt = Instant.EPOCH;
    private Health found;

    @Inject
    public Probes(
            MongoDatabase database,
            UnifiedJedis redis,
            WorkerHeartbeats heartbeats,
            DeliveryProbe delivery,
            Clock clock) {
        this.database = database.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        this.redis = redis;
        this.heartbeats = heartbeats;
        this.delivery = delivery;
        this.clock = clock;
        this.started = clock.instant();
        this.found = Health.of(0, false, false, false, false);
    }

    boolean mongo() {
        return asked(this::pingMongo).join();
    }

    boolean redis() {
        return asked(this::pingRedis).join();
    }

    synchronized Health all() {
        Instant now = clock.instant();
        if (foundAt.plus(KEPT).isBefore(now)) {
            CompletableFuture<Boolean> mongo = asked(this::pingMongo);
            CompletableFuture<Boolean> redisUp = asked(this::pingRedis);
            CompletableFuture<Boolean> worker = asked(() -> !heartbeats.live().isEmpty());
            CompletableFuture<Boolean> delivers = asked(() -> delivery.delivers(PATIENCE));
            found = Health.of(
                    Duration.between(started, now).toSeconds(),
                    mongo.join(),
                    redisUp.join(),
                    worker.join(),
                    delivers.join());
            foundAt = clock.instant();
        }
        return found;
    }

    private boolean pingMongo() {
        return database.runCommand(PING).get("ok", Number.class).intValue() == 1;
    }

    private boolean pingRedis() {
        return "PONG".equals(redis.ping());
    }

    /// Whatever a probe throws means that its part is out of reach.
    private CompletableFuture<Boolean> asked(BooleanSupplier probe) {
        return CompletableFuture.supplyAsync(probe::getAsBoolean, threads)
                .completeOnTimeout(false, PATIENCE.toMillis() + 100, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> false);
    }

    @PreDestroy
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
