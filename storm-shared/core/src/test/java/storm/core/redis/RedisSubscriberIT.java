package storm.core.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.RedisConfig;
import storm.embedded.fixture.TestStores;

class RedisSubscriberIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger reconnections = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestStores stores;
    private UnifiedJedis redis;
    private RedisSubscriber subscriber;

    @BeforeEach
    void connect() {
        stores = TestStores.own();
        RedisConnections connections = new RedisConnections(RedisConfig.of(stores.redisUrl()));
        redis = connections.client();
        subscriber = new RedisSubscriber(connections, "test", reconnections::incrementAndGet).start();
    }

    @AfterEach
    void close() {
        subscriber.close();
        redis.close();
        stores.close();
    }

    @Test
    void messagesOfAllTopicsComeInOrder() throws Exception {
        subscriber.subscribe("a", heard::add).get(10, TimeUnit.SECONDS);
        subscriber.subscribe("b", heard::add).get(10, TimeUnit.SECONDS);
        List<String> sent = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
        for (int i = 0; i < sent.size(); i++) {
            redis.publish(i % 2 == 0 ? "a" : "b", sent.get(i));
        }
        await().atMost(PATIENCE).until(() -> heard.size() == sent.size());
        assertThat(heard).isEqualTo(sent);
    }

    @Test
    void topicThatWasLeftIsNotHeard() throws Exception {
        subscriber.subscribe("a", heard::add).get(10, TimeUnit.SECONDS);
        subscriber.subscribe("b", heard::add).get(10, TimeUnit.SECONDS);
        subscriber.unsubscribe("a");
        await().atMost(PATIENCE).until(() -> redis.publish("a", "lost") == 0);
        redis.publish("b", "heard");
        await().atMost(PATIENCE).until(() -> heard.contains("heard"));
        assertThat(heard).containsExactly("heard");
    }

    @Test
    void everyTopicIsHeardAgainAfterRedisWasAway() throws Exception {
        for (int i = 0; i < 1200; i++) {
            subscriber.subscribe("topic" + i, heard::add);
        }
        subscriber.subscribe("last", heard::add).get(10, TimeUnit.SECONDS);
        stores.redis().kill();
        stores.redis().start();

        await().atMost(PATIENCE).until(() -> reconnections.get() == 1);
        assertThat(subscriber.isConnected()).isTrue();
        assertThat(publish("topic0")).isEqualTo(1);
        assertThat(publish("topic1199")).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
    }

    @Test
    void redisThatHangsIsFoundOut() throws Exception {
        subscriber.subscribe("a", heard::add).get(10, TimeUnit.SECONDS);
        stores.redis().pause();
        await().atMost(Duration.ofSeconds(20)).until(() -> !subscriber.isConnected());
        stores.redis().resume();
        await().atMost(PATIENCE).until(() -> reconnections.get() >= 1 && subscriber.isConnected());
    }

    @Test
    void faultOfOneHandlerDoesNotEndTheOthers() throws Exception {
        subscriber
                .subscribe("bad", _ -> {
                    throw new IllegalStateException("on purpose");
                })
                .get(10, TimeUnit.SECONDS);
        subscriber.subscribe("good", heard::add).get(10, TimeUnit.SECONDS);
        redis.publish("bad", "x");
        redis.publish("good", "y");
        await().atMost(PATIENCE).until(() -> heard.contains("y"));
    }

    /// The pooled client finds its old connections gone first.
    private long publish(String topic) {
        return await().atMost(PATIENCE).ignoreExceptions().until(() -> redis.publish(topic, "x"), count -> count == 1);
    }
}
