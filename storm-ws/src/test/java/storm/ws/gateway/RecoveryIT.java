package storm.ws.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import storm.core.presence.Presence;
import storm.core.sessions.Revocations;
import storm.core.sessions.SessionsRevoked;
import storm.embedded.fixture.TestStores;
import storm.protocol.channels.ChannelChange;
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

/// Two gateways whose subscription is cut, hangs, or whose Redis forgets everything.
class RecoveryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static TestStores stores;

    private final UserId ann = Ids.user();
    private final UserId bob = Ids.user();
    private TestGateway gateway;
    private TestGateway other;
    private TestWorker worker;

    @BeforeAll
    static void start() {
        stores = TestStores.own();
    }

    @AfterAll
    static void end() {
        stores.close();
    }

    @BeforeEach
    void open() {
        gateway = new TestGateway(stores.redisUrl());
        other = new TestGateway(stores.redisUrl());
        worker = new TestWorker(gateway.redis, gateway.cipher);
    }

    @AfterEach
    void close() {
        worker.close();
        gateway.close();
        other.close();
    }

    @Test
    void whatIsPublishedWhileTheSubscriptionIsCutArrivesInOrderAndOnce() {
        ChannelId channel = worker.channel(ann, bob);
        Client here = ready(gateway, ann);
        Client there = ready(other, bob);

        for (int round = 0; round < 4; round++) {
            worker.publish(channel, ann, 20);
            cutSubscriptions();
            worker.publish(channel, ann, 20);
        }

        assertSeqs(here, 160);
        assertSeqs(there, 160);
        assertThat(here.socket().all(ChannelResumed.class)).isEmpty();
        assertThat(gateway.metrics.filled.sum()).isPositive();
    }

    @Test
    void aRedisThatHangsIsNoticedAndWhatCameMeanwhileArrivesInOrderAndOnce() {
        ChannelId channel = worker.channel(ann, bob);
        Client here = ready(gateway, ann);
        Client there = ready(other, bob);
        worker.publish(channel, ann, 10);
        assertSeqs(here, 10);

        stores.redis().pause();
        await().atMost(PATIENCE).until(() -> !gateway.isSubscribed() && !other.isSubscribed());
        stores.redis().resume();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> gateway.redis.ping().equals("PONG"));
        worker.publish(channel, ann, 30);

        assertSeqs(here, 40);
        assertSeqs(there, 40);
        assertThat(here.socket().closedSoFar()).isNull();
    }

    @Test
    void aRemovalThatWasMissedIsFoundOutAndTold() {
        ChannelId channel = worker.channel(ann, bob);
        Client anns = ready(gateway, ann);
        Client bobs = ready(gateway, bob);

        worker.removeSilently(channel, bob);
        cutSubscriptions();

        assertThat(bobs.socket().next(ServerEvent.ChannelUpdated.class))
                .satisfies(updated -> assertThat(updated.change()).isEqualTo(ChannelChange.MEMBER_REMOVED))
                .satisfies(updated -> assertThat(updated.channelId()).isEqualTo(channel));
        worker.publish(channel, ann, "not for bob");
        anns.socket().next(MessageNew.class);
        assertThat(bobs.socket().all(MessageNew.class)).isEmpty();
    }

    @Test
    void aRevocationThatWasMissedClosesTheSocket() {
        Client anns = ready(gateway, ann);
        Client bobs = ready(gateway, bob);

        new Revocations(gateway.redis).revoke(SessionsRevoked.all(ann, Instant.now()));
        cutSubscriptions();

        assertThat(anns.socket().closeCode()).isEqualTo(CloseCode.UNAUTHORIZED);
        assertThat(bobs.socket().closedSoFar()).isNull();
    }

    @Test
    void aComingThatWasMissedIsToldToWhoWatches() {
        worker.channel(ann, bob);
        Client anns = ready(gateway, ann);
        anns.says("w", new ClientEvent.PresenceSubscribe(List.of(bob)));
        anns.socket().answerTo("w");

        cutSubscriptions();
        gateway.presence.connected(new Presence.Live(bob, "elsewhere"));

        assertThat(anns.socket().next(ServerEvent.PresenceChanged.class).isOnline())
                .isTrue();
    }

    @Test
    void aRedisThatLostItsDataHasANewEpochAndClientsAreToldToPage() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 5);
        Client before = gateway.connect(ann);
        String epoch = before.socket().next(ServerEvent.ConnectionReady.class).epoch();

        stores.flushRedis();
        cutSubscriptions();

        assertThat(before.socket().next(ChannelResumed.class)).isEqualTo(new ChannelResumed(channel, 5, false));
        before.says("r", resume(channel, 5));
        assertThat(before.socket().answerTo("r")).isEqualTo(new ChannelResumed(channel, 5, false));
        worker.publish(channel, ann, "six");
        assertThat(before.socket().next(MessageNew.class).seq()).isEqualTo(6);
        // The way to the worker was cut too: a client comes again until it stands.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.connect(ann)
                                .socket()
                                .next(ServerEvent.ConnectionReady.class)
                                .epoch())
                        .isNotEqualTo(epoch));
    }

    @Test
    void aLossOfDataIsNoticedThoughTheSubscriptionStands() {
        ChannelId channel = worker.channel(ann);
        worker.publish(channel, ann, 3);
        Client client = ready(gateway, ann);

        stores.flushRedis();

        assertThat(client.socket().next(ChannelResumed.class).complete()).isFalse();
    }

    private void cutSubscriptions() {
        gateway.redis.executeCommand(
                new CommandArguments(Command.CLIENT).add("KILL").add("TYPE").add("pubsub"));
    }

    private static Client ready(TestGateway at, UserId userId) {
        Client client = at.connect(userId);
        client.socket().next(ServerEvent.ConnectionReady.class);
        return client;
    }

    private static ClientEvent resume(ChannelId channel, long afterSeq) {
        return new ClientEvent.ChannelResume(List.of(new ClientEvent.ChannelResume.Position(channel, afterSeq)));
    }

    private static void assertSeqs(Client client, long to) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.socket().all(MessageNew.class))
                        .extracting(MessageNew::seq)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, to).boxed().toList()));
    }
}
