package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import storm.core.config.QueueConfig;
import storm.core.queue.EnqueueResult;
import storm.core.queue.Job;
import storm.embedded.fixture.TestStores;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// More comes in than the queue holds: senders hear so, and what was taken is delivered.
class FullRedisIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final UserId ann = TestInstallation.newUser();

    @Test
    void fullPartitionRefusesUntilItIsDrained() {
        QueueConfig small = new QueueConfig(1, 10, 5, Duration.ofSeconds(2), Duration.ofSeconds(30));
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        try (TestInstallation storm = new TestInstallation(stores, small)) {
            ChannelId channel = storm.newChannel(ann);
            for (int i = 0; i < 10; i++) {
                assertThat(storm.send(TestInstallation.message(channel, ann, "text")))
                        .isEqualTo(new EnqueueResult.Queued());
            }
            Job.SendMessage refused = TestInstallation.message(channel, ann, "one too many");
            assertThat(storm.send(refused)).isEqualTo(new EnqueueResult.Full());

            storm.startWorker();
            await().atMost(PATIENCE).until(() -> storm.send(refused).equals(new EnqueueResult.Queued()));
            await().atMost(PATIENCE)
                    .until(() -> storm.events.after(channel, 0, 20).frames().size() == 11);
        }
    }

    /// Memory is at its limit before the queue's bound is reached: the worker needs some itself to drain it.
    @Test
    void redisWithoutMemoryTakesNoMoreAndIsDrainedAllTheSame() throws Exception {
        try (TestStores stores = TestStores.own();
                TestInstallation storm = new TestInstallation(stores)) {
            ChannelId channel = storm.newChannel(ann);
            storm.redis.configSet("maxmemory", String.valueOf(usedMemory(storm) + (4 << 20)));
            Set<MessageId> taken = new HashSet<>();
            StormException refusal = null;
            for (int i = 0; i < 20_000 && refusal == null; i++) {
                Job.SendMessage job = TestInstallation.message(channel, ann, "x".repeat(1000));
                try {
                    storm.send(job);
                    taken.add(job.messageId());
                } catch (StormException e) {
                    refusal = e;
                }
            }
            assertThat(refusal).isNotNull();
            assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(taken).hasSizeGreaterThan(500);

            storm.startWorker();
            await().atMost(PATIENCE).pollInterval(200, TimeUnit.MILLISECONDS).until(() -> queued(storm) == 0);
            assertThat(storm.messages.findAll(taken)).hasSameSizeAs(taken);
            assertThat(storm.send(TestInstallation.message(channel, ann, "room again")))
                    .isEqualTo(new EnqueueResult.Queued());
        }
    }

    private static long queued(TestInstallation storm) {
        return storm.statistics().waiting() + storm.statistics().active();
    }

    private static long usedMemory(TestInstallation storm) {
        return storm.redis
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
