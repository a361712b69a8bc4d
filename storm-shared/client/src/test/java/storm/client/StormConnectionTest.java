package storm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.client.http.ServerAddress;
import storm.client.live.ConnectionListener;
import storm.client.live.LiveSettings;
import storm.client.live.StormConnection;
import storm.embedded.fixture.RestPeer;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;

class StormConnectionTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final UserId ALICE = new UserId("0123456789abcdef01234567");
    private static final ChannelId CHANNEL = new ChannelId("aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final SessionId SESSION = new SessionId("00000000-0000-4000-8000-000000000000");
    private static final LiveSettings SETTINGS = LiveSettings.STANDARD
            .withBackoff(Duration.ofMillis(10), Duration.ofMillis(50))
            .withPing(Duration.ofSeconds(30), Duration.ofMillis(100))
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(20));

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final ConnectionListener listener = new ConnectionListener() {
        @Override
        public void ready(ServerEvent.ConnectionReady ready) {
            heard.add("ready " + ready.epoch());
        }

        @Override
        public void event(ServerEvent event) {
            heard.add(event instanceof ServerEvent.MessageNew message ? message.content() : event.event());
        }

        @Override
        public void missed(ChannelId channel, long afterSeq, long upToSeq) {
            heard.add("missed " + afterSeq + ".." + upToSeq);
        }

        @Override
        public void stopped(StormException reason) {
            heard.add("stopped " + reason.code());
        }
    };

    private RestPeer rest;
    private SocketPeer peer;
    private StormClient client;
    private StormConnection connection;

    @BeforeEach
    void start() throws Exception {
        rest = new RestPeer()
                .on("POST /auth/login", _ -> Reply.tokens("access-1", "refresh-1"))
                .on("POST /auth/refresh", _ -> Reply.tokens("access-2", "refresh-2"))
                .on("POST /auth/ws-ticket", _ -> Reply.data("{\"ticket\":\"t1\",\"expiresIn\":30}"));
        peer = new SocketPeer();
        client = StormClient.of(ServerAddress.of(rest.url(), peer.url()));
        client.auth().login("alice@example.org", "Secret-pass-1");
        connection = client.connect(listener, SETTINGS);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        client.close();
        peer.close();
        rest.close();
    }

    private static ServerEvent.ConnectionReady ready(long lastSeq, String epoch) {
        return new ServerEvent.ConnectionReady(
                ALICE,
                SESSION,
                NOW,
                epoch,
                List.of(new ServerEvent.ChannelPosition(CHANNEL, lastSeq)),
                new ServerEvent.Limits(60, 65536, 4000));
    }

    private static ServerEvent.MessageNew message(long seq) {
        return new ServerEvent.MessageNew(
                new MessageId("00000000-0000-4000-8000-%012d".formatted(seq)),
                CHANNEL,
                ALICE,
                seq,
                "message " + seq,
                NOW,
                NOW);
    }

    /// A connection that stands, with the channel at that seq.
    private SocketPeer.Session standing(long lastSeq) throws Exception {
        SocketPeer.Session session = peer.session();
        session.send(ready(lastSeq, "e1"));
        expect("ready e1");
        return session;
    }

    private void expect(String... wanted) throws InterruptedException {
        for (String each : wanted) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(each);
        }
    }

    @Test
    void ticketOpensTheSocket() throws Exception {
        assertThat(peer.session().target()).isEqualTo("/ws?ticket=t1");
    }

    @Test
    void tokenOpensTheSocketWhereThereAreNoTickets() throws Exception {
        peer.session();
        connection.close();
        rest.on("POST /auth/ws-ticket", _ -> Reply.error(404, "NOT_FOUND"));
        connection = client.connect(listener, SETTINGS);

        assertThat(peer.session().target()).isEqualTo("/ws?token=access-1");
    }

    @Test
    void ackCompletesTheSend() throws Exception {
        SocketPeer.Session session = standing(0);

        CompletableFuture<ServerEvent.MessageAck> sent = connection.send(CHANNEL, "hello");
        JsonObject frame = session.expect("message.send");
        MessageId id = new MessageId(frame.getJsonObject("payload").getString("messageId"));
        session.send(frame.getString("requestId"), new ServerEvent.MessageAck(id, AckStatus.QUEUED, NOW));

        assertThat(sent.get(10, TimeUnit.SECONDS).messageId()).isEqualTo(id);
    }

    @Test
    void refusalFailsTheSend() throws Exception {
        SocketPeer.Session session = standing(0);

        CompletableFuture<ServerEvent.MessageAck> sent = connection.send(CHANNEL, "hello");
        String requestId = session.expect("message.send").getString("requestId");
        session.send(requestId, new ServerEvent.Forbidden(CHANNEL));

        assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StormException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void unackedSendsGoOutAgainInOrderUnderTheSameId() throws Exception {
        SocketPeer.Session first = standing(0);
        CompletableFuture<ServerEvent.MessageAck> one = connection.send(CHANNEL, "one");
        var _ = connection.send(CHANNEL, "two");
        String oneId = first.expect("message.send").getJsonObject("payload").getString("messageId");
        String twoId = first.expect("message.send").getJsonObject("payload").getString("messageId");
        first.abort();

        SocketPeer.Session second = standing(0);
        JsonObject again = second.expect("message.send");
        assertThat(again.getJsonObject("payload").getString("messageId")).isEqualTo(oneId);
        assertThat(second.expect("message.send").getJsonObject("payload").getString("messageId"))
                .isEqualTo(twoId);
        second.send(
                again.getString("requestId"),
                new ServerEvent.MessageAck(new MessageId(oneId), AckStatus.DUPLICATE, NOW));

        assertThat(one.get(10, TimeUnit.SECONDS).status()).isEqualTo(AckStatus.DUPLICATE);
    }

    @Test
    void sendBeforeTheConnectionStandsGoesOutThen() throws Exception {
        var _ = connection.send(CHANNEL, "early");

        assertThat(standing(0).expect("message.send").getJsonObject("payload").getString("content"))
                .isEqualTo("early");
    }

    @Test
    void resumeGoesOnWhereTheChannelWasHeardLast() throws Exception {
        SocketPeer.Session first = standing(4);
        first.send(message(5));
        expect("message 5");
        first.abort();

        SocketPeer.Session second = standing(8);
        JsonObject position = second.expect("channel.resume")
                .getJsonObject("payload")
                .getJsonArray("channels")
                .getJsonObject(0);
        assertThat(position.getInt("afterSeq")).isEqualTo(5);
        second.send(message(5));
        second.send(message(6));
        second.send(message(9));
        second.send(message(7));
        second.send(message(8));
        second.send(new ServerEvent.ChannelResumed(CHANNEL, 8, true));
        second.send(message(9));
        second.send(message(10));

        expect("message 6", "message 7", "message 8", "message 9", "message 10");
    }

    @Test
    void liveEventsWaitForTheMissedOnesThatWereLeftOut() throws Exception {
        SocketPeer.Session first = standing(5);
        first.abort();

        SocketPeer.Session second = standing(8);
        second.expect("channel.resume");
        second.send(message(9));
        second.send(message(7));
        second.send(new ServerEvent.ChannelResumed(CHANNEL, 8, true));

        expect("message 7", "message 9");
    }

    @Test
    void incompleteResumeIsTold() throws Exception {
        SocketPeer.Session first = standing(5);
        first.abort();

        SocketPeer.Session second = standing(2000);
        second.expect("channel.resume");
        second.send(new ServerEvent.ChannelResumed(CHANNEL, 2000, false));
        second.send(message(2001));

        expect("missed 5..2000", "message 2001");
    }

    @Test
    void aGapThatTheServerCannotFillIsTold() throws Exception {
        SocketPeer.Session session = standing(5);
        session.send(new ServerEvent.ChannelResumed(CHANNEL, 7, false));
        session.send(message(8));

        expect("missed 5..7", "message 8");
    }

    @Test
    void unauthorizedCloseRefreshesAndReconnects() throws Exception {
        standing(0).close(4001, "unauthorized");

        standing(0);
        assertThat(rest.count("POST /auth/refresh")).isEqualTo(1);
    }

    @Test
    void endedSessionStops() throws Exception {
        rest.on("POST /auth/refresh", _ -> Reply.error(401, "UNAUTHORIZED"));
        standing(0).close(4001, "unauthorized");

        expect("stopped UNAUTHORIZED");
        assertThat(client.isSignedIn()).isFalse();
    }

    @Test
    void tokensThatAreRefusedAgainAndAgainStop() throws Exception {
        for (int i = 0; i < 4; i++) {
            peer.session().close(4001, "unauthorized");
        }

        expect("stopped UNAUTHORIZED");
    }

    @Test
    void policyViolationStopsForGood() throws Exception {
        standing(0).close(4008, "policy_violation");

        expect("stopped FORBIDDEN");
        assertThatThrownBy(() -> connection.send(CHANNEL, "x").get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
        assertThat(peer.isWaiting()).isFalse();
    }

    @Test
    void slowConsumerReconnects() throws Exception {
        standing(0).close(4009, "slow_consumer");

        standing(0);
    }

    @Test
    void expiringSessionIsRenewedWithANewToken() throws Exception {
        SocketPeer.Session session = standing(0);
        session.send(new ServerEvent.SessionExpiring(Instant.now().plusSeconds(900)));

        assertThat(session.expect("session.renew").getJsonObject("payload").getString("token"))
                .isEqualTo("access-2");
    }

    @Test
    void silentServerIsLeft() throws Exception {
        peer.session();
        connection.close();
        connection = client.connect(listener, SETTINGS.withPing(Duration.ofMillis(200), Duration.ofMillis(100)));
        SocketPeer.Session silent = standing(0);
        silent.fallSilent();
        silent.expect("ping");

        standing(0);
    }

    @Test
    void pingGoesOutAtEveryInterval() throws Exception {
        peer.session();
        connection.close();
        connection = client.connect(listener, SETTINGS.withPing(Duration.ofMillis(50), Duration.ofMillis(20)));

        SocketPeer.Session session = standing(0);

        for (int i = 0; i < 5; i++) {
            session.expect("ping");
        }
    }

    @Test
    void watchedUsersAreSubscribedAgain() throws Exception {
        SocketPeer.Session first = standing(0);
        var _ = connection.watch(List.of(ALICE));
        first.expect("presence.subscribe");
        first.abort();

        assertThat(standing(0)
                        .expect("presence.subscribe")
                        .getJsonObject("payload")
                        .getJsonArray("userIds")
                        .getString(0))
                .isEqualTo(ALICE.value());
    }

    @Test
    void historyIsAnsweredByItsRequest() throws Exception {
        SocketPeer.Session session = standing(0);
        CompletableFuture<ServerEvent.HistoryPage> page = connection.history(CHANNEL, null, 20);
        String requestId = session.expect("history.get").getString("requestId");
        session.send(requestId, new ServerEvent.HistoryPage(CHANNEL, List.of(), false));

        assertThat(page.get(10, TimeUnit.SECONDS).hasMore()).isFalse();
    }

    @Test
    void lostConnectionFailsWhatWasAsked() throws Exception {
        SocketPeer.Session session = standing(0);
        CompletableFuture<ServerEvent.HistoryPage> page = connection.history(CHANNEL, null, 20);
        session.expect("history.get");
        session.abort();

        assertThatThrownBy(() -> page.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StormException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @Test
    void slowListenerLosesNothing() throws Exception {
        SocketPeer.Session session = standing(0);
        for (int seq = 1; seq <= 2000; seq++) {
            session.send(message(seq));
        }

        for (int seq = 1; seq <= 2000; seq++) {
            expect("message " + seq);
        }
    }

    @Test
    void failingListenerDoesNotEndTheConnection() throws Exception {
        peer.session();
        connection.close();
        connection = client.connect(
                new ConnectionListener() {
                    @Override
                    public void event(ServerEvent event) {
                        heard.add(event.event());
                        throw new IllegalStateException("a listener's mistake");
                    }
                },
                SETTINGS);
        SocketPeer.Session session = peer.session();
        session.send(ready(0, "e1"));
        session.send(message(1));
        session.send(message(2));

        expect("message.new", "message.new");
    }

    @Test
    void closeSaysGoodbye() throws Exception {
        SocketPeer.Session session = standing(0);

        Thread.startVirtualThread(connection::close);

        assertThat(session.closeCode()).isEqualTo(1000);
    }
}
