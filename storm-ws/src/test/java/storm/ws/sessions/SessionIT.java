package storm.ws.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.redis.Keys;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.Revocations;
import storm.core.sessions.SessionBroadcast;
import storm.core.sessions.SessionsRevoked;
import storm.embedded.fixture.TestStores;
import storm.protocol.errors.CloseCode;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.ws.fixture.Ids;
import storm.ws.fixture.MovableClock;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestGateway.Client;
import storm.ws.fixture.TestWorker;
import storm.ws.handshake.Credentials;
import storm.ws.handshake.Handshake;
import storm.ws.redis.Turns;

/// How connections begin and end with their tokens.
class SessionIT {
    private final UserId ann = Ids.user();
    private final MovableClock clock = new MovableClock();
    private TestGateway gateway;
    private TestWorker worker;

    @BeforeEach
    void open() {
        gateway = new TestGateway(
                TestStores.shared().redisUrl(),
                Map.of("storm.ws.max.per.user", "3", "storm.ws.max.per.address", "5"),
                clock);
        worker = new TestWorker(gateway.redis, gateway.cipher);
    }

    @AfterEach
    void close() {
        worker.close();
        gateway.close();
    }

    @Test
    void aBadTokenOrNoneIsClosedAsUnauthorized() {
        for (Credentials credentials : new Credentials[] {
            new Credentials.Token("nonsense"), new Credentials.None(), new Credentials.Ticket("x".repeat(43))
        }) {
            assertThat(gateway.connect(credentials).socket().closeCode()).isEqualTo(CloseCode.UNAUTHORIZED);
        }
        await().until(() -> gateway.connections.size() == 0);
    }

    @Test
    void anExpiredTokenIsClosedAsUnauthorized() {
        String token = gateway.tokenOf(ann, Ids.session(), clock.instant().minus(AccessTokens.LIFETIME));

        assertThat(gateway.connect(new Credentials.Token(token)).socket().closeCode())
                .isEqualTo(CloseCode.UNAUTHORIZED);
    }

    @Test
    void whoWaitsLongForItsTurnToBeCheckedIsNotTakenForAStranger() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(Turns.CHECKS);
        for (int i = 0; i < Turns.CHECKS; i++) {
            Thread.startVirtualThread(() -> gateway.turns.check(Duration.ZERO, () -> {
                busy.countDown();
                try {
                    return over.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        busy.await();

        Client client = gateway.connect(ann);
        await().during(Handshake.LONGEST_CHECK.plusSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.socket().closedSoFar() == null);
        over.countDown();

        client.socket().next(ServerEvent.ConnectionReady.class);
    }

    @Test
    void aTicketOpensOneConnection() {
        String ticket = gateway.tickets.issue(gateway.tokens.verify(gateway.tokenOf(ann)));

        gateway.connect(new Credentials.Ticket(ticket)).socket().next(ServerEvent.ConnectionReady.class);

        assertThat(gateway.connect(new Credentials.Ticket(ticket)).socket().closeCode())
                .isEqualTo(CloseCode.UNAUTHORIZED);
    }

    @Test
    void whatIsSaidBeforeReadyIsAnsweredAfterIt() {
        Client client = gateway.connect(ann).says("early", new ClientEvent.Ping());

        assertThat(client.socket().answerTo("early")).isInstanceOf(ServerEvent.Pong.class);
        assertThat(client.socket().events().getFirst()).isInstanceOf(ServerEvent.ConnectionReady.class);
    }

    @Test
    void theEndOfTheTokenIsToldAMinuteBeforeAndEndsTheConnection() {
        Client client = ready(ann);
        Instant end = client.connection().token().expiresAt();

        clock.advance(AccessTokens.LIFETIME.minus(SessionHandler.WARNING).plusSeconds(1));
        assertThat(client.socket().next(ServerEvent.SessionExpiring.class).expiresAt())
                .isEqualTo(end);
        assertThat(client.socket().closedSoFar()).isNull();

        clock.advance(SessionHandler.WARNING);
        assertThat(client.socket().closeCode()).isEqualTo(CloseCode.UNAUTHORIZED);
        assertThat(client.socket().all(ServerEvent.SessionExpiring.class)).hasSize(1);
    }

    @Test
    void aRenewedConnectionOutlivesItsFirstToken() {
        Client client = ready(ann);
        clock.advance(AccessTokens.LIFETIME.minusSeconds(30));
        client.socket().next(ServerEvent.SessionExpiring.class);
        String token = gateway.tokenOf(ann);

        client.says("r1", new ClientEvent.SessionRenew(token));

        assertThat(client.socket().answerTo("r1"))
                .isEqualTo(new ServerEvent.SessionRenewed(
                        gateway.tokens.verify(token).expiresAt()));
        clock.advance(Duration.ofSeconds(60));
        client.says("p", new ClientEvent.Ping());
        assertThat(client.socket().answerTo("p")).isInstanceOf(ServerEvent.Pong.class);
    }

    @Test
    void somebodyElsesTokenRenewsNothing() {
        Client client = ready(ann);

        client.says("r1", new ClientEvent.SessionRenew(gateway.tokenOf(Ids.user())));

        assertThat(client.socket().closeCode()).isEqualTo(CloseCode.UNAUTHORIZED);
    }

    @Test
    void aRevokedSessionIsClosedAtOnceAndOthersStay() {
        SessionId lost = Ids.session();
        Client revoked = gateway.connect(new Credentials.Token(gateway.tokenOf(ann, lost, clock.instant())));
        revoked.socket().next(ServerEvent.ConnectionReady.class);
        Client other = ready(ann);

        new SessionBroadcast(gateway.redis).publish(SessionsRevoked.one(ann, lost, clock.instant()));

        assertThat(revoked.socket().closeCode()).isEqualTo(CloseCode.UNAUTHORIZED);
        assertThat(other.socket().closedSoFar()).isNull();
    }

    @Test
    void aTokenRevokedBeforeOpensNothing() {
        String token = gateway.tokenOf(ann);
        new Revocations(gateway.redis).revoke(SessionsRevoked.all(ann, clock.instant()));

        assertThat(gateway.connect(new Credentials.Token(token)).socket().closeCode())
                .isEqualTo(CloseCode.UNAUTHORIZED);
    }

    @Test
    void aUserHasAtMostSoManyConnections() {
        Client first = ready(ann);
        ready(ann);
        ready(ann);

        assertThat(gateway.connect(ann).socket().closeCode()).isEqualTo(CloseCode.POLICY_VIOLATION);
        first.vanishes();
        await().until(() -> gateway.connections.of(ann).size() == 2);
        ready(ann);
    }

    @Test
    void anAddressHasAtMostSoManyConnections() {
        for (int i = 0; i < 5; i++) {
            ready(Ids.user());
        }

        assertThat(gateway.connect(Ids.user()).socket().closeCode()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
    }

    @Test
    void stoppingSendsEverybodyAwayAfterTheirLastFrames() {
        Client client = ready(ann);
        client.says("p", new ClientEvent.Ping());
        client.socket().answerTo("p");

        gateway.stop();

        assertThat(client.socket().closeCode()).isEqualTo(CloseCode.GOING_AWAY);
        assertThat(gateway.connect(ann).socket().closeCode()).isEqualTo(CloseCode.GOING_AWAY);
    }

    @Test
    void anAbortedSocketIsNotWaitedForWhenStopping() {
        Client gone = ready(ann);
        gone.socket().breakOff();
        gone.says("p", new ClientEvent.Ping());
        await().until(gone.connection()::isClosing);
        Instant begun = Instant.now();

        gateway.stop();

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aReaderThatTakesNothingIsForcedOutWhenTheTimeIsOver() {
        Client stalled = ready(ann);
        stalled.socket().stall();
        stalled.says("p", new ClientEvent.Ping());
        Client fine = ready(Ids.user());

        gateway.stop();

        assertThat(fine.socket().closeCode()).isEqualTo(CloseCode.GOING_AWAY);
        assertThat(stalled.socket().closeCode()).isEqualTo(CloseCode.GOING_AWAY);
    }

    @Test
    void whoStopsInOrderLeavesNobodyOnline() {
        ready(ann);
        assertThat(gateway.redis.zcard(Keys.presence(ann))).isEqualTo(1);

        gateway.stop();

        assertThat(gateway.redis.zcard(Keys.presence(ann))).isZero();
    }

    private Client ready(UserId userId) {
        Client client = gateway.connect(userId);
        client.socket().next(ServerEvent.ConnectionReady.class);
        return client;
    }
}
