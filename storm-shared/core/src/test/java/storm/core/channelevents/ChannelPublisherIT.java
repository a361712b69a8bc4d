package storm.core.channelevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.RedisConfig;
import storm.core.config.TransportConfig;
import storm.core.crypto.TransportCipher;
import storm.core.redis.Keys;
import storm.core.redis.RedisConnections;
import storm.core.redis.RedisSubscriber;
import storm.embedded.fixture.TestStores;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

class ChannelPublisherIT {
    private static final ChannelId CHANNEL = new ChannelId("0123456789abcdef01234567");
    private static final ChannelId OTHER = new ChannelId("0123456789abcdef01234568");
    private static final MessageId MESSAGE = new MessageId("00000000-0000-4000-8000-000000000001");
    private static final UserId USER = new UserId("0123456789abcdef01234569");

    private RedisConnections connections;
    private UnifiedJedis redis;
    private ChannelEvents events;
    private ChannelPublisher publisher;

    @BeforeEach
    void connect() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        connections = new RedisConnections(RedisConfig.of(stores.redisUrl()));
        redis = connections.client();
        TransportCipher cipher = new TransportCipher(TransportConfig.ofHex("07".repeat(32)), Clock.systemUTC());
        events = new ChannelEvents(redis, cipher);
        publisher = new ChannelPublisher(redis, events);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void eventIsOnTheTopicAndInTheStream() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (RedisSubscriber subscriber = new RedisSubscriber(connections, "test", () -> {})) {
            subscriber
                    .start()
                    .subscribe(ChannelEvents.topic(CHANNEL), heard::add)
                    .get(10, TimeUnit.SECONDS);
            publisher.publish(List.of(event(CHANNEL, 1)));

            ChannelFrame frame = events.open(CHANNEL, heard.poll(10, TimeUnit.SECONDS));
            assertThat(frame.seq()).isEqualTo(1);
            assertThat(frame.text()).startsWith("{\"event\":\"message.deleted\",\"requestId\":\"\"");
            assertThat(events.after(CHANNEL, 0, 10).frames()).containsExactly(frame);
        }
    }

    @Test
    void eventPublishedTwiceIsOutOnce() {
        publisher.publish(List.of(event(CHANNEL, 1), event(CHANNEL, 2)));
        assertThat(publisher.publish(List.of(event(CHANNEL, 2), event(CHANNEL, 3))))
                .isEmpty();
        assertThat(seqs(0)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void eventThatComesAfterALaterOneIsNotPublished() {
        publisher.publish(List.of(event(CHANNEL, 1), event(CHANNEL, 5)));
        ServerEvent.ChannelEvent late = event(CHANNEL, 3);
        assertThat(publisher.publish(List.of(late, event(CHANNEL, 6), event(OTHER, 3))))
                .containsExactly(late);
        assertThat(seqs(0)).containsExactly(1L, 5L, 6L);
    }

    @Test
    void replayTellsWhetherSomethingWasTrimmed() {
        List<ServerEvent.ChannelEvent> many = new ArrayList<>();
        for (long seq = 1; seq <= 3000; seq++) {
            many.add(event(CHANNEL, seq));
        }
        publisher.publish(many);
        long first = Long.parseLong(redis.xrange(Keys.events(CHANNEL), "-", "+", 1)
                .getFirst()
                .getID()
                .toString()
                .split("-")[0]);
        assertThat(first).isGreaterThan(1);

        assertThat(events.after(CHANNEL, 0, 10).complete()).isFalse();
        assertThat(events.after(CHANNEL, first - 2, 10).complete()).isFalse();
        assertThat(events.after(CHANNEL, first - 1, 10).complete()).isTrue();
        Replay end = events.after(CHANNEL, 2995, 10);
        assertThat(end.complete()).isTrue();
        assertThat(end.more()).isFalse();
        assertThat(end.frames()).hasSize(5);
        assertThat(events.after(CHANNEL, 2995, 2).more()).isTrue();
    }

    private List<Long> seqs(long after) {
        return events.after(CHANNEL, after, 100).frames().stream()
                .map(ChannelFrame::seq)
                .toList();
    }

    private static ServerEvent.ChannelEvent event(ChannelId channel, long seq) {
        return new ServerEvent.MessageDeleted(MESSAGE, channel, seq, USER, Instant.EPOCH);
    }
}
