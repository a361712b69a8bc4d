package storm.ws.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.redis.Keys;
import storm.embedded.fixture.TestStores;
import storm.protocol.errors.CloseCode;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerEvent.ChannelResumed;
import storm.protocol.events.ServerEvent.MessageNew;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.ws.fixture.Ids;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestGateway.Client;
import storm.ws.fixture.TestWorker;

/// Order, gaps and resume, on a real Redis.
class OrderAndResumeIT {
    private final UserId ann = Ids.user();
    private final UserId bob = Ids.user();
    private final UserId eve = Ids.user();
    private TestGateway gateway;
    private TestWorker worker;

    @BeforeEach
    void open() {
        gateway = new TestGateway(
                TestStores.shared().redisUrl(), Map.of("storm.ws.outbox.messages", "100"), Clock.systemUTC());
        worker = new TestWorker(gateway.redis, gateway.cipher);
    }

    @AfterEach
    void close() {
        worker.close();
        gateway.close();
    }

    @Test
    void resumeSendsWhatWasMissedThenGoesLive() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 450);
        Client client = ready(ann);

        client.says("r1", resume(channel, 17));

        assertThat(client.socket().answerTo("r1")).isEqualTo(new ChannelResumed(channel, 450, true));
        worker.publish(channel, ann, "live");
        assertThat(client.socket().next(MessageNew.class).seq()).isEqualTo(451);
        assertSeqs(client, 18, 451);
    }

    @Test
    void resumeUnderLoadSkipsNothingAndRepeatsNothing() throws InterruptedException {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 100);
        Client client = ready(ann);
        Thread load = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 40; i++) {
                worker.publish(channel, ann, 5);
            }
        });

        // Live events that came before the resume come again with it; from the first resumed one on, all is in order.
        client.says("r1", resume(channel, 0));
        ServerEvent resumed = client.socket().answerTo("r1");
        load.join();

        assertThat(resumed).isInstanceOf(ChannelResumed.class);
        await().untilAsserted(() -> assertThat(fromFirstSeqOn(client))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 300).boxed().toList()));
    }

    @Test
    void whatIsNoMoreKeptMakesAResumeIncomplete() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 50);
        gateway.redis.xtrim(Keys.events(channel), 10, false);
        Client client = ready(ann);

        client.says("r1", resume(channel, 5));
        assertThat(client.socket().answerTo("r1")).isEqualTo(new ChannelResumed(channel, 50, false));
        client.says("r2", resume(channel, 40));
        assertThat(client.socket().answerTo("r2")).isEqualTo(new ChannelResumed(channel, 50, true));
    }

    @Test
    void whatDoesNotOpenMakesAResumeIncompleteAndTheRestComes() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 3);
        worker.keepUnreadable(channel);
        worker.publish(channel, ann, 2);
        worker.keepUnreadable(channel);
        Client client = ready(ann);

        client.says("r1", resume(channel, 1));

        assertThat(client.socket().answerTo("r1")).isEqualTo(new ChannelResumed(channel, 7, false));
        assertThat(client.socket().all(MessageNew.class))
                .extracting(MessageNew::seq)
                .containsExactly(2L, 3L, 5L, 6L);
    }

    @Test
    void aGapThatDoesNotOpenIsToldAndWhatFollowsComes() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 1);
        Client client = ready(ann);
        worker.keepUnreadable(channel);

        worker.publish(channel, ann, "three");

        assertThat(client.socket().next(ChannelResumed.class)).isEqualTo(new ChannelResumed(channel, 2, false));
        assertThat(client.socket().next(MessageNew.class).seq()).isEqualTo(3);
    }

    @Test
    void anEmptyLogWithAKnownLastSeqIsIncomplete() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 5);
        gateway.redis.del(Keys.events(channel));
        Client client = ready(ann);

        client.says("r1", resume(channel, 3));

        assertThat(client.socket().answerTo("r1"))
                .isInstanceOfSatisfying(
                        ChannelResumed.class,
                        resumed -> assertThat(resumed.complete()).isFalse());
        worker.publish(channel, ann, "goes on");
        assertThat(client.socket().next(MessageNew.class).seq()).isEqualTo(6);
    }

    @Test
    void aClientFromTheFutureIsToldToPage() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 3);
        Client client = ready(ann);

        client.says("r1", resume(channel, 1_000));

        assertThat(client.socket().answerTo("r1")).isEqualTo(new ChannelResumed(channel, 3, false));
        worker.publish(channel, ann, "four");
        assertThat(client.socket().next(MessageNew.class).seq()).isEqualTo(4);
    }

    @Test
    void aSkippedSeqIsFilledFromTheLogBeforeAnythingLaterGoesOut() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(ann);
        worker.publish(channel, ann, "one");
        client.socket().next(MessageNew.class);

        // Kept but not announced, as if the announcement was lost.
        MessageNew lost = worker.event(channel, ann, worker.burnSeq(channel), "two");
        worker.keepOnly(lost);
        worker.publish(channel, ann, "three");

        assertThat(client.socket().next(MessageNew.class).content()).isEqualTo("two");
        assertThat(client.socket().next(MessageNew.class).content()).isEqualTo("three");
        assertThat(client.socket().all(ChannelResumed.class)).isEmpty();
        assertThat(gateway.metrics.gaps.sum()).isEqualTo(1);
    }

    @Test
    void aSeqThatIsNowhereIsToldAndTheRestGoesOn() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(ann);
        worker.publish(channel, ann, "one");
        worker.burnSeq(channel);
        worker.publish(channel, ann, "three");

        assertThat(client.socket().next(MessageNew.class).content()).isEqualTo("one");
        assertThat(client.socket().next(ChannelResumed.class)).isEqualTo(new ChannelResumed(channel, 2, false));
        assertThat(client.socket().next(MessageNew.class).content()).isEqualTo("three");
    }

    @Test
    void anEventThatWasNotSealedByStormIsToldAsAGap() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(ann);
        worker.publish(channel, ann, "one");
        gateway.redis.publish(Keys.channel(channel), "2:forged");

        assertThat(client.socket().next(ChannelResumed.class)).isEqualTo(new ChannelResumed(channel, 2, false));
        assertThat(client.socket().all(MessageNew.class)).hasSize(1);
        assertThat(client.socket().closedSoFar()).isNull();
    }

    @Test
    void aStalledReaderIsCutAndNobodyElseNotices() {
        ChannelId channel = worker.channel(ann, bob);
        Client stalled = ready(ann);
        Client fine = ready(bob);
        stalled.socket().stall();

        worker.publish(channel, bob, 150);

        assertSeqs(fine, 1, 150);
        await().until(stalled.connection()::isClosing);
        await().until(() -> stalled.socket().closedSoFar() == CloseCode.SLOW_CONSUMER);
        assertThat(fine.socket().closedSoFar()).isNull();
        assertThat(gateway.metrics.closed(CloseCode.SLOW_CONSUMER).sum()).isEqualTo(1);
    }

    @Test
    void aBurstLargerThanTheOutboxCutsNobodyWhoReads() {
        ChannelId channel = worker.channel(ann, bob);
        Client first = ready(ann);
        Client second = ready(bob);

        worker.publish(channel, bob, 900);

        assertSeqs(first, 1, 900);
        assertSeqs(second, 1, 900);
        assertThat(gateway.metrics.closed(CloseCode.SLOW_CONSUMER).sum()).isZero();
    }

    @Test
    void aBurstIsNotHeldUpByOneWhoIsSlowerThanTheOthers() {
        ChannelId channel = worker.channel(ann, bob, eve);
        Client slow = ready(ann);
        Client fine = ready(bob);
        Client alsoFine = ready(eve);
        slow.socket().dawdle(Duration.ofMillis(20));

        worker.publish(channel, bob, 400);

        assertSeqs(fine, 1, 400);
        assertSeqs(alsoFine, 1, 400);
        assertThat(slow.socket().closeCode()).isEqualTo(CloseCode.SLOW_CONSUMER);
    }

    @Test
    void aBurstLargerThanWhatAFeedHoldsIsReadFromTheLogWithoutAGap() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(ann);
        client.socket().dawdle(Duration.ofMillis(1));

        worker.publish(channel, ann, 4_800);
        await().until(() -> gateway.metrics.feedOverflows.sum() > 0);
        client.socket().dawdle(Duration.ZERO);

        assertSeqs(client, 1, 4_800);
        assertThat(gateway.metrics.gapsUnfilled.sum()).isZero();
        assertThat(gateway.metrics.closed(CloseCode.SLOW_CONSUMER).sum()).isZero();
    }

    @Test
    void aResumeLargerThanTheOutboxWaitsForItsReader() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 800);
        Client client = ready(ann);
        client.socket().stall();
        client.says("r1", resume(channel, 0));
        await().until(() -> client.connection().outboxSize() >= 40);
        assertThat(client.connection().isClosing()).isFalse();

        client.socket().flow();

        assertThat(client.socket().answerTo("r1")).isEqualTo(new ChannelResumed(channel, 800, true));
        assertSeqs(client, 1, 800);
    }

    @Test
    void twoGatewaysDeliverTheSame() {
        ChannelId channel = worker.channel(ann, bob);
        try (TestGateway other = new TestGateway(TestStores.shared().redisUrl())) {
            Client here = ready(ann);
            Client there = other.connect(bob);
            there.socket().next(ServerEvent.ConnectionReady.class);

            worker.publish(channel, ann, 60);

            assertSeqs(here, 1, 60);
            assertSeqs(there, 1, 60);
        }
    }

    private Client ready(UserId userId) {
        Client client = gateway.connect(userId);
        client.socket().next(ServerEvent.ConnectionReady.class);
        return client;
    }

    private static ClientEvent resume(ChannelId channel, long afterSeq) {
        return new ClientEvent.ChannelResume(List.of(new ClientEvent.ChannelResume.Position(channel, afterSeq)));
    }

    private static void assertSeqs(Client client, long from, long to) {
        await().untilAsserted(() -> assertThat(client.socket().all(MessageNew.class))
                .extracting(MessageNew::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(from, to).boxed().toList()));
    }

    private static List<Long> fromFirstSeqOn(Client client) {
        List<Long> seqs = client.socket().all(MessageNew.class).stream()
                .map(MessageNew::seq)
                .toList();
        return seqs.subList(Math.max(0, seqs.lastIndexOf(1L)), seqs.size());
    }
}
