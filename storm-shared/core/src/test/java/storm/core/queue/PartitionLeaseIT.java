package storm.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.XReadGroupParams;
import storm.core.config.QueueConfig;
import storm.core.config.RedisConfig;
import storm.core.config.TransportConfig;
import storm.core.crypto.TransportCipher;
import storm.core.redis.Keys;
import storm.core.redis.RedisConnections;
import storm.embedded.fixture.TestStores;
import storm.protocol.ids.ChannelId;

class PartitionLeaseIT {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final ChannelId CHANNEL = new ChannelId("0123456789abcdef01234567");
    private static final QueueConfig TINY = new QueueConfig(1, 3, 5, Duration.ofSeconds(2), Duration.ofSeconds(30));

    private UnifiedJedis redis;
    private InboundQueue queue;

    @BeforeEach
    void connect() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        redis = new RedisConnections(RedisConfig.of(stores.redisUrl())).client();
        TransportCipher cipher = new TransportCipher(TransportConfig.ofHex("07".repeat(32)), CLOCK);
        queue = new InboundQueue(redis, new JobCodec(cipher), TINY);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void partitionHasOneOwner() {
        assertThat(acquire("one")).isNotNull();
        assertThat(PartitionLease.acquire(redis, CLOCK, 0, "other")).isEmpty();
    }

    @Test
    void laterOwnerHasAHigherFenceEvenIfRedisLostItsData() {
        long first = acquire("one").fence();
        redis.flushAll();
        long second = acquire("other").fence();
        assertThat(second).isGreaterThanOrEqualTo(first);
        redis.del(Keys.lease(0));
        assertThat(acquire("third").fence()).isGreaterThan(second);
    }

    @Test
    void ownerOfTheDayBeforeCanDoNothing() {
        queue.enqueue(probe("a"));
        PartitionLease before = acquire("one");
        QueueEntry entry = before.read(10).entries().getFirst();
        redis.del(Keys.lease(0)); // It lapsed.
        PartitionLease now = acquire("other");

        assertThatThrownBy(() -> before.read(10)).isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> before.done(List.of(entry))).isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> before.later(entry, Instant.now(CLOCK))).isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> before.bury(entry, "x", "{}", Instant.now(CLOCK), "storm:users", ""))
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(before::renew).isInstanceOf(LostLeaseException.class);
        before.release();
        assertThat(now.read(10)).isEqualTo(new QueueBatch(List.of(entry), true));
    }

    @Test
    void jobThatWasNotEndedIsReadAgainInItsPlace() {
        queue.enqueue(probe("a"));
        queue.enqueue(probe("b"));
        PartitionLease lease = acquire("one");
        QueueBatch read = lease.read(10);
        assertThat(read.entries()).extracting(QueueEntry::jobId).containsExactly("a", "b");
        assertThat(read.again()).isFalse();
        queue.enqueue(probe("c"));
        lease.done(read.entries().subList(0, 1));

        assertThat(lease.read(10)).isEqualTo(new QueueBatch(read.entries().subList(1, 2), true));
        assertThat(redis.xlen(Keys.queue(0))).isEqualTo(2);
        lease.done(read.entries().subList(1, 2));
        assertThat(lease.read(10).again()).isFalse();
    }

    /// As after an answer that came too late: the client has hung up, and asks anew.
    @Test
    void jobThatWasHandedOutToNobodyIsReadNext() {
        PartitionLease lease = acquire("one");
        assertThat(lease.read(10).entries()).isEmpty();
        queue.enqueue(probe("a"));
        redis.xreadGroup(
                "workers",
                "owner",
                XReadGroupParams.xReadGroupParams(),
                Map.of(Keys.queue(0), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        queue.enqueue(probe("b"));

        QueueBatch found = lease.read(10);
        assertThat(found.entries()).extracting(QueueEntry::jobId).containsExactly("a");
        assertThat(found.again()).isTrue();
    }

    @Test
    void jobThatIsDoneIsNeitherPutOffNorGivenUpAnyMore() {
        queue.enqueue(probe("a"));
        PartitionLease lease = acquire("one");
        QueueEntry entry = lease.read(10).entries().getFirst();
        lease.done(List.of(entry));

        lease.later(entry, CLOCK.instant());
        lease.bury(entry, "x", "{}", CLOCK.instant(), "storm:users", "");

        assertThat(redis.exists(Keys.delayed(0), Keys.dead(0), Keys.deadIndex(0)))
                .isZero();
    }

    @Test
    void jobThatWasPutOffComesBackWhenItIsDueWithOneMoreAttempt() {
        queue.enqueue(probe("a"));
        PartitionLease lease = acquire("one");
        QueueEntry entry = lease.read(10).entries().getFirst();
        Instant now = CLOCK.instant();
        lease.later(entry, now.plusSeconds(3600));
        assertThat(lease.read(10).entries()).isEmpty();

        redis.zadd(
                Keys.delayed(0),
                (double) now.toEpochMilli(),
                redis.zrange(Keys.delayed(0), 0, 0).getFirst());
        QueueEntry again = lease.read(10).entries().getFirst();
        assertThat(again.jobId()).isEqualTo("a");
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.sealed()).isEqualTo(entry.sealed());
    }

    @Test
    void sameJobIsTakenOnce() {
        assertThat(queue.enqueue(probe("a"))).isEqualTo(new EnqueueResult.Queued());
        assertThat(queue.enqueue(probe("a"))).isEqualTo(new EnqueueResult.Duplicate());
        assertThat(redis.xlen(Keys.queue(0))).isEqualTo(1);
    }

    @Test
    void fullPartitionRefusesAndForgetsTheJob() {
        queue.enqueue(probe("a"));
        queue.enqueue(probe("b"));
        queue.enqueue(probe("c"));
        assertThat(queue.enqueue(probe("d"))).isEqualTo(new EnqueueResult.Full());
        PartitionLease lease = acquire("one");
        lease.done(lease.read(1).entries());
        assertThat(queue.enqueue(probe("d"))).isEqualTo(new EnqueueResult.Queued());
    }

    private PartitionLease acquire(String worker) {
        return PartitionLease.acquire(redis, CLOCK, 0, worker).orElseThrow();
    }

    private static Job.Probe probe(String id) {
        return new Job.Probe(id, CHANNEL, "nowhere", CLOCK.instant());
    }
}
