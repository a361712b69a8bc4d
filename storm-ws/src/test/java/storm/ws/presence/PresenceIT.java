package storm.ws.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.presence.Presence;
import storm.core.presence.PresenceSweep;
import storm.core.redis.Keys;
import storm.embedded.fixture.TestStores;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerEvent.PresenceChanged;
import storm.protocol.events.ServerEvent.PresenceSnapshot;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.ws.fixture.Ids;
import storm.ws.fixture.MovableClock;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestGateway.Client;
import storm.ws.fixture.TestWorker;

/// Who is online, over two gateways and a real Redis.
class PresenceIT {
    private final UserId ann = Ids.user();
    private final UserId bob = Ids.user();
    private final UserId eve = Ids.user();
    private TestGateway gateway;
    private TestGateway other;
    private TestWorker worker;

    @BeforeEach
    void open() {
        gateway = new TestGateway(TestStores.shared().redisUrl());
        other = new TestGateway(TestStores.shared().redisUrl());
        worker = new TestWorker(gateway.redis, gateway.cipher);
    }

    @AfterEach
    void close() {
        worker.close();
        gateway.close();
        other.close();
    }

    @Test
    void theSnapshotTellsHowEachStandsAndStrangersShowAsOffline() {
        worker.channel(ann, bob);
        Instant seen = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        UserId carl = Ids.user();
        worker.channel(ann, carl);
        worker.seen(carl, seen);
        ready(other, bob);
        ready(other, eve);
        Client client = ready(gateway, ann);

        client.says("r1", new ClientEvent.PresenceSubscribe(List.of(bob, carl, eve)));

        assertThat(client.socket().answerTo("r1"))
                .isEqualTo(new PresenceSnapshot(List.of(
                        new ServerEvent.Presence(bob, true, null),
                        new ServerEvent.Presence(carl, false, seen),
                        new ServerEvent.Presence(eve, false, null))));
    }

    @Test
    void comingAndGoingIsToldAcrossGatewaysAndStrangersStaySilent() {
        worker.channel(ann, bob);
        Client client = watching(ann, bob, eve);

        Client stranger = ready(other, eve);
        Client first = ready(other, bob);
        assertThat(client.socket().next(PresenceChanged.class))
                .satisfies(changed -> assertThat(changed.userId()).isEqualTo(bob))
                .satisfies(changed -> assertThat(changed.isOnline()).isTrue());

        first.vanishes();
        assertThat(client.socket().next(PresenceChanged.class).isOnline()).isFalse();
        stranger.vanishes();
        assertThat(client.socket().all(PresenceChanged.class))
                .extracting(PresenceChanged::userId)
                .containsOnly(bob);
    }

    @Test
    void aUserIsOnlineWhileAnyConnectionLives() {
        worker.channel(ann, bob);
        Client first = ready(other, bob);
        Client second = ready(gateway, bob);
        Client client = watching(ann, bob);

        first.vanishes();
        await().until(() -> gateway.redis.zcard(Keys.presence(bob)) == 1);
        assertThat(client.socket().all(PresenceChanged.class)).isEmpty();

        second.vanishes();
        assertThat(client.socket().next(PresenceChanged.class).isOnline()).isFalse();
    }

    @Test
    void theUsersOfADeadGatewayGoOfflineWithinTheLifetime() {
        worker.channel(ann, bob);
        MovableClock clock = new MovableClock();
        Presence dead = new Presence(gateway.redis, clock);
        dead.connected(new Presence.Live(bob, "of-a-gateway-that-died"));
        Client client = watching(ann, bob);
        PresenceSweep sweep = new PresenceSweep(gateway.redis, clock);
        sweep.sweep();
        assertThat(client.socket().all(PresenceChanged.class)).isEmpty();

        clock.advance(Presence.LIFETIME.plusSeconds(1));
        sweep.sweep();

        assertThat(client.socket().next(PresenceChanged.class).isOnline()).isFalse();
        Map<UserId, Instant> seen = new HashMap<>();
        sweep.drainLastSeen(seen::putAll);
        assertThat(seen).containsKey(bob);
        assertThat(gateway.redis.zscore(Keys.PRESENCE_EXPIRY, bob.value())).isNull();
    }

    @Test
    void whoLeavesTheLastCommonChannelIsWatchedNoMore() {
        ChannelId channel = worker.channel(ann, bob);
        Client bobs = ready(other, bob);
        Client client = watching(ann, bob);

        worker.remove(channel, bob);

        assertThat(client.socket().next(PresenceChanged.class).isOnline()).isFalse();
        bobs.vanishes();
        ready(other, bob);
        await().until(() -> gateway.redis.zcard(Keys.presence(bob)) == 1);
        assertThat(client.socket().all(PresenceChanged.class)).hasSize(1);
    }

    @Test
    void aDeletedChannelEndsTheWatchesOverItsMembers() {
        ChannelId channel = worker.channel(ann, bob);
        ready(other, bob);
        Client client = watching(ann, bob);

        worker.delete(channel);

        assertThat(client.socket().next(PresenceChanged.class).isOnline()).isFalse();
    }

    @Test
    void strangersCountAmongTheFiveHundred() {
        Client client = ready(gateway, ann);
        for (int i = 0; i < 5; i++) {
            client.says(
                    "r" + i,
                    new ClientEvent.PresenceSubscribe(
                            Stream.generate(Ids::user).limit(100).toList()));
            assertThat(client.socket().answerTo("r" + i)).isInstanceOf(PresenceSnapshot.class);
        }

        client.says("over", new ClientEvent.PresenceSubscribe(List.of(bob)));

        assertThat(client.socket().answerTo("over")).isInstanceOf(ServerEvent.InvalidPayload.class);
    }

    @Test
    void moreThanFiveHundredAreRefused() {
        Client client = ready(gateway, ann);
        for (int i = 0; i < 5; i++) {
            List<UserId> hundred = Stream.generate(Ids::user).limit(100).toList();
            worker.channel(Stream.concat(Stream.of(ann), hundred.stream()).toArray(UserId[]::new));
            client.says("r" + i, new ClientEvent.PresenceSubscribe(hundred));
            assertThat(client.socket().answerTo("r" + i)).isInstanceOf(PresenceSnapshot.class);
        }

        client.says("over", new ClientEvent.PresenceSubscribe(List.of(bob)));

        assertThat(client.socket().answerTo("over")).isInstanceOf(ServerEvent.InvalidPayload.class);
    }

    private Client watching(UserId watcher, UserId... watched) {
        Client client = ready(gateway, watcher);
        client.says("watch", new ClientEvent.PresenceSubscribe(List.of(watched)));
        client.socket().answerTo("watch");
        return client;
    }

    private static Client ready(TestGateway at, UserId userId) {
        Client client = at.connect(userId);
        client.socket().next(ServerEvent.ConnectionReady.class);
        return client;
    }
}
