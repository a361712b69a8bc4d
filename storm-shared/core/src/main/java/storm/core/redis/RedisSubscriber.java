package storm.core.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/// A set of pub/sub subscriptions over one dedicated connection that heals itself.
///
/// Topics come and go at any time from any thread. One thread, named after the subscriber, reads and calls the
/// handlers, so all messages of all topics are handled in the order Redis sent them; a handler must not wait
/// for long. Another pings every 3 s: a peer that says nothing for 9 s counts as dead. After a loss it connects
/// again with backoff (100 ms doubling to 2 s, ± 30 %), subscribes to everything again and, once Redis has
/// confirmed all of it, calls
/// `onReconnected`
/// on the reading thread before any later message: messages in between were missed, and it is for the owner to
/// fill the gap.
///
/// Both threads end with [#close].
public final class RedisSubscriber implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RedisSubscriber.class.getName());
    private static final Duration PING_EVERY = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(9);
    private static final long BACKOFF_MS = 100;
    private static final long BACKOFF_MAX_MS = 2000;
    /// Topics named in one command when all are subscribed again.
    private static final int BATCH = 500;

    private final RedisConnections connections;
    private final String name;
    private final Runnable onReconnected;
    private final Object lock = new Object();
    private final Map<String, Topic> topics = new HashMap<>();
    private @Nullable PubSubConnection connection;
    private @Nullable Thread reader;
    private @Nullable Thread pinger;
    private boolean closed;
    private volatile boolean connected;

    private record Topic(Consumer<String> handler, CompletableFuture<Void> confirmed) {}

    public RedisSubscriber(RedisConnections connections, String name, Runnable onReconnected) {
        this.connections = connections;
        this.name = name;
        this.onReconnected = onReconnected;
    }

    /// Begins to connect; returns at once.
    @CanIgnoreReturnValue
    public RedisSubscriber start() {
        synchronized (lock) {
            if (reader == null && !closed) {
                reader = Thread.ofPlatform().daemon().name("redis-sub-" + name).start(this::run);
                pinger = Thread.ofVirtual().name("redis-sub-ping-" + name).start(this::ping);
            }
        }
        return this;
    }

    /// Subscribes, now if connected, else as soon as that is so. A topic has one handler: a second call
    /// replaces it.
    ///
    /// @return completes once Redis has confirmed: what is published from then on arrives
    @CanIgnoreReturnValue
    public CompletableFuture<Void> subscribe(String topic, Consumer<String> handler) {
        synchronized (lock) {
            Topic before = topics.get(topic);
            CompletableFuture<Void> confirmed = before == null ? new CompletableFuture<>() : before.confirmed;
            topics.put(topic, new Topic(handler, confirmed));
            if (before == null) {
                send(Command.SUBSCRIBE, List.of(topic));
            }
            return confirmed;
        }
    }

    public void unsubscribe(String topic) {
        synchronized (lock) {
            Topic removed = topics.remove(topic);
            if (removed != null) {
                removed.confirmed.cancel(false);
                send(Command.UNSUBSCRIBE, List.of(topic));
            }
        }
    }

    /// Whether the connection stands and all its topics are confirmed.
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void close() {
        Thread reading;
        synchronized (lock) {
            closed = true;
            reading = reader;
            if (pinger != null) {
                pinger.interrupt();
            }
            drop();
            topics.values().forEach(topic -> topic.confirmed.cancel(false));
        }
        if (reading != null && reading != Thread.currentThread()) {
            reading.interrupt();
            try {
                reading.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        int failures = 0;
        for (int turn = 0; !isClosed(); turn++) {
            try (PubSubConnection opened = connections.pubSub(turn, SILENCE)) {
                boolean again = turn > 0;
                Set<String> awaited = begin(opened);
                failures = 0;
                boolean ready = awaited.isEmpty();
                if (ready) {
                    ready(again);
                }
                while (!isClosed()) {
                    String confirmed = handle(opened.read());
                    if (!ready && confirmed != null && awaited.remove(confirmed) && awaited.isEmpty()) {
                        ready = true;
                        ready(again);
                    }
                }
            } catch (JedisException e) {
                if (isClosed()) {
                    return;
                }
                LOG.log(
                        failures == 0 ? Level.WARNING : Level.DEBUG,
                        "Redis subscriber {0} lost its connection: {1}",
                        name,
                        e);
            } finally {
                connected = false;
                synchronized (lock) {
                    connection = null;
                }
            }
            if (!pause(failures++)) {
                return;
            }
        }
    }

    private void ready(boolean again) {
        connected = true;
        if (again) {
            LOG.log(Level.INFO, "Redis subscriber {0} is connected again", name);
            guarded(onReconnected);
        }
    }

    /// Takes the new connection into use and subscribes it to all topics; returns those to be confirmed.
    private Set<String> begin(PubSubConnection opened) {
        synchronized (lock) {
            if (closed) {
                throw new JedisException("closed");
            }
            connection = opened;
            List<String> all = new ArrayList<>(topics.keySet());
            for (int from = 0; from < all.size(); from += BATCH) {
                opened.ask(Command.SUBSCRIBE, all.subList(from, Math.min(all.size(), from + BATCH)));
            }
            return new HashSet<>(all);
        }
    }

    /// Handles one reply; returns the topic if it confirms or ends a subscription.
    private @Nullable String handle(Object reply) {
        if (!(reply instanceof List<?> parts) || parts.size() < 2) {
            return null; // A pong outside of any subscription.
        }
        String topicName = parts.get(1) instanceof byte[] bytes ? text(bytes) : "";
        return switch (text((byte[]) parts.getFirst())) {
            case "message" -> {
                Topic topic;
                synchronized (lock) {
                    topic = topics.get(topicName);
                }
                if (topic != null && parts.get(2) instanceof byte[] bytes) {
                    String message = text(bytes);
                    guarded(() -> topic.handler.accept(message));
                }
                yield null;
            }
            case "subscribe" -> {
                Topic topic;
                synchronized (lock) {
                    topic = topics.get(topicName);
                }
                if (topic != null) {
                    topic.confirmed.complete(null);
                }
                yield topicName;
            }
            case "unsubscribe" -> topicName;
            default -> null;
        };
    }

    private void guarded(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            // One handler's fault must not end the subscriptions of the others.
            LOG.log(Level.ERROR, "Redis subscriber " + name + ": a handler failed", e);
        }
    }

    private void ping() {
        try {
            while (!isClosed()) {
                Thread.sleep(PING_EVERY);
                synchronized (lock) {
                    send(Command.PING, List.of());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void send(Command command, Collection<String> arguments) {
        PubSubConnection current = connection;
        if (current == null) {
            return; // The next connection subscribes to everything.
        }
        try {
            current.ask(command, arguments);
        } catch (JedisException e) {
            drop(); // The reader notices and connects again.
        }
    }

    private void drop() {
        PubSubConnection current = connection;
        if (current != null) {
            try {
                current.forceDisconnect();
            } catch (java.io.IOException | JedisException e) {
                // It is gone already, which is what was wanted.
            }
        }
    }

    private boolean pause(int failures) {
        long wait = Math.min(BACKOFF_MAX_MS, BACKOFF_MS << Math.min(failures, 10));
        double jitter = 0.7 + ThreadLocalRandom.current().nextDouble() * 0.6;
        try {
            Thread.sleep((long) (wait * jitter));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
