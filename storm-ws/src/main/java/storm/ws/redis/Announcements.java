package storm.ws.redis;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import storm.core.redis.RedisConnections;
import storm.core.redis.RedisSubscriber;
import storm.protocol.errors.StormException;

/// The one subscription of this gateway to what the servers announce. Thread-safe.
///
/// All handlers are called by one thread, in the order of Redis, and must not block.
@Singleton
public class Announcements {
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RedisSubscriber subscriber;
    private volatile Runnable onReconnected = () -> {};

    @Inject
    public Announcements(RedisConnections connections) {
        subscriber = new RedisSubscriber(connections, "gateway", () -> onReconnected.run());
    }

    /// Begins.
    ///
    /// @param reconnected called when announcements may have been missed, before any later one is handled
    public void start(Runnable reconnected) {
        onReconnected = reconnected;
        subscriber.start();
    }

    /// Hands a topic's messages to the handler, as soon as Redis is there.
    public void listen(String topic, Consumer<String> handler) {
        var _ = subscriber.subscribe(topic, handler);
    }

    /// The same; returns when nothing can be missed any more.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void follow(String topic, Consumer<String> handler) {
        try {
            subscriber.subscribe(topic, handler).get(CONFIRMED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            throw StormException.unavailable("Redis", RETRY_AFTER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StormException.unavailable("Redis", RETRY_AFTER, e);
        }
    }

    public void unfollow(String topic) {
        subscriber.unsubscribe(topic);
    }

    public boolean isConnected() {
        return subscriber.isConnected();
    }

    public void stop() {
        subscriber.close();
    }
}
