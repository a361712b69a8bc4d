package storm.core.queries;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisConnections;
import storm.core.redis.RedisSubscriber;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Asks the workers.
///
/// A question is pushed to the list `storm:queries`, of bounded length; whichever worker pops it answers on
/// `storm:reply:<instance>`. Both ways are sealed with the transport key. Thread-safe; the subscription begins
/// with the
/// first question and ends with [#close].
@Singleton
public class Queries implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Queries.class.getName());
    private static final LuaScript ASK = LuaScript.named("ask");
    private static final int MAX_WAITING = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final UnifiedJedis redis;
    private final TransportCipher cipher;
    private final Clock clock;
    private final RedisSubscriber replies;
    private final String replyTo = Keys.reply(UUID.randomUUID().toString());
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private @Nullable CompletableFuture<Void> listening;

    @Inject
    public Queries(UnifiedJedis redis, RedisConnections connections, TransportCipher cipher, Clock clock) {
        this.redis = redis;
        this.cipher = cipher;
        this.clock = clock;
        this.replies = new RedisSubscriber(connections, "replies", () -> {});
    }

    /// Asks and waits for the answer; blocks the calling thread, which should be a virtual one.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if no worker answers in time or Redis is out of reach
    public <A> A ask(Query<A> query, Duration patience) {
        String id = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + patience.toNanos();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            await(listening(), deadline);
            QueryWire.Asked asked =
                    QueryWire.Asked.of(id, replyTo, clock.instant().plus(patience), query);
            Object taken = ASK.run(
                    redis,
                    List.of(Keys.QUERIES),
                    List.of(cipher.seal(QueryWire.ASK, Json.write(asked)), String.valueOf(MAX_WAITING)));
            if (!Long.valueOf(1).equals(taken)) {
                throw unavailable(null);
            }
            return Json.read(await(answer, deadline), query.answerType());
        } finally {
            waiting.remove(id);
        }
    }

    @PreDestroy
    @Override
    public void close() {
        replies.close();
    }

    private synchronized CompletableFuture<Void> listening() {
        if (listening == null) {
            listening = replies.start().subscribe(replyTo, this::received);
        }
        return listening;
    }

    private void received(String sealed) {
        try {
            QueryWire.Replied replied = Json.read(cipher.openText(QueryWire.REPLY, sealed), QueryWire.Replied.class);
            CompletableFuture<String> answer = waiting.get(replied.id());
            if (answer == null) {
                return; // Nobody waits any longer.
            }
            if (replied.body() == null) {
                answer.completeExceptionally(unavailable(null));
            } else {
                answer.complete(replied.body());
            }
        } catch (BrokenSealException | StormException e) {
            LOG.log(Level.WARNING, "an answer of a worker could not be read: {0}", e.getMessage());
        }
    }

    private static <T> T await(CompletableFuture<T> future, long deadline) {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StormException ours ? ours : unavailable(e);
        }
    }

    private static StormException unavailable(@Nullable Throwable cause) {
        return StormException.unavailable("worker", RETRY_AFTER, cause);
    }
}
