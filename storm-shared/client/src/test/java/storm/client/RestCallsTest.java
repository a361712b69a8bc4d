package storm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.client.channels.ChannelsCalls;
import storm.client.http.ServerAddress;
import storm.embedded.fixture.RestPeer;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;
import storm.protocol.users.User;

class RestCallsTest {
    private static final String USER = "0123456789abcdef01234567";
    private static final String USER_JSON = """
            {"id":"%s","username":"alice","email":"alice@example.org","role":"moderator","isActive":true,\
            "createdAt":"2030-01-01T00:00:00Z","later":"unknown fields do no harm"}""".formatted(USER);

    private RestPeer peer;
    private StormClient client;

    @BeforeEach
    void start() throws Exception {
        peer = new RestPeer();
        peer.on("POST /auth/login", _ -> Reply.tokens("access-1", "refresh-1"));
        client = StormClient.of(ServerAddress.of(peer.url()));
    }

    @AfterEach
    void stop() {
        client.close();
        peer.close();
    }

    private void signIn() {
        client.auth().login("alice@example.org", "Secret-pass-1");
    }

    private static boolean bears(RestPeer.Call call, String token) {
        return call.authorization().equals("Bearer " + token);
    }

    @Test
    void answerIsReadAsItsRecord() {
        peer.on("GET /users/me", call -> bears(call, "access-1") ? Reply.data(USER_JSON) : Reply.error(401, "X"));
        signIn();

        User me = client.users().me();

        assertThat(me.id()).isEqualTo(new UserId(USER));
        assertThat(me.role()).isEqualTo(Role.MODERATOR);
        assertThat(me.lastSeenAt()).isNull();
    }

    @Test
    void queryIsEncodedAndAbsentParametersAreLeftOut() {
        peer.on("GET /channels", _ -> Reply.data("{\"channels\":[]}"));
        signIn();

        client.channels().list(new ChannelsCalls.Filter("a&b ü", true, false), 20, null);

        assertThat(peer.calls().getLast().pathAndQuery()).isEqualTo("/channels?q=a%26b+%C3%BC&scope=all&limit=20");
    }

    @Test
    void pageCarriesTheCursorOfTheNext() {
        peer.on("GET /users", _ -> new Reply(200, """
                {"success":true,"data":{"users":[%s]},"meta":{"requestId":"r",\
                "timestamp":"2030-01-01T00:00:00Z","nextCursor":"more","hasNextPage":true}}""".formatted(USER_JSON), java.util.Map.of()));
        signIn();

        var page = client.users().list(storm.client.users.UsersCalls.Filter.NONE, 50, null);

        assertThat(page.nextCursor()).isEqualTo("more");
        assertThat(page.items()).hasSize(1);
    }

    @Test
    void errorEnvelopeBecomesItsException() {
        peer.on("POST /channels", _ -> new Reply(400, """
                {"success":false,"error":{"code":"VALIDATION_ERROR","message":"no","details":{"name":"too short"}},\
                "meta":{"requestId":"r","timestamp":"2030-01-01T00:00:00Z"}}""", java.util.Map.of()));
        signIn();

        StormException failure = catchThrowableOfType(
                StormException.class, () -> client.channels().create("x", null));

        assertThat(failure.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
        assertThat(failure.details()).containsEntry("name", "too short");
    }

    @Test
    void retryAfterIsTold() {
        peer.on("GET /users/me", _ -> Reply.error(429, "RATE_LIMIT_EXCEEDED").with("Retry-After", "7"));
        signIn();

        StormException failure =
                catchThrowableOfType(StormException.class, () -> client.users().me());

        assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void pageOfAProxyIsAnErrorOfItsStatus() {
        peer.on("GET /users/me", _ -> new Reply(502, "<html>Bad gateway</html>", java.util.Map.of()));
        signIn();

        assertThatThrownBy(() -> client.users().me())
                .isInstanceOfSatisfying(
                        StormException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @Test
    void serverOutOfReachIsUnavailable() {
        signIn();
        peer.close();

        assertThatThrownBy(() -> client.users().me())
                .isInstanceOfSatisfying(
                        StormException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @Test
    void expiredTokenIsRenewedSilently() {
        peer.on(
                "GET /users/me",
                call -> bears(call, "access-2") ? Reply.data(USER_JSON) : Reply.error(401, "TOKEN_EXPIRED"));
        peer.on("POST /auth/refresh", call -> {
            assertThat(call.body()).contains("refresh-1");
            return Reply.tokens("access-2", "refresh-2");
        });
        signIn();

        assertThat(client.users().me().username()).isEqualTo("alice");
    }

    @Test
    void manyThreadsWithAnExpiredTokenRefreshOnce() throws Exception {
        CountDownLatch refused = new CountDownLatch(20);
        peer.on("GET /users/me", call -> {
            if (bears(call, "access-2")) {
                return Reply.data(USER_JSON);
            }
            refused.countDown();
            refused.await();
            return Reply.error(401, "TOKEN_EXPIRED");
        });
        peer.on("POST /auth/refresh", _ -> Reply.tokens("access-2", "refresh-2"));
        signIn();

        List<Thread> threads = new ArrayList<>();
        List<User> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> answers.add(client.users().me())));
        }
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10));
        }

        assertThat(answers).hasSize(20);
        assertThat(peer.count("POST /auth/refresh")).isEqualTo(1);
    }

    @Test
    void refusedRefreshEndsTheSession() {
        List<ErrorCode> ended = new CopyOnWriteArrayList<>();
        peer.on("GET /users/me", _ -> Reply.error(401, "TOKEN_REVOKED"));
        peer.on("POST /auth/refresh", _ -> Reply.error(401, "TOKEN_REUSE_DETECTED"));
        client.whenSessionEnds(e -> ended.add(e.code()));
        signIn();

        assertThatThrownBy(() -> client.users().me()).isInstanceOf(StormException.class);

        assertThat(ended).containsExactly(ErrorCode.TOKEN_REUSE_DETECTED);
        assertThat(client.isSignedIn()).isFalse();
    }

    @Test
    void unreachableRefreshKeepsTheSession() {
        peer.on("GET /users/me", _ -> Reply.error(401, "TOKEN_EXPIRED"));
        peer.on("POST /auth/refresh", _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));
        signIn();

        assertThatThrownBy(() -> client.users().me()).isInstanceOf(StormException.class);

        assertThat(client.isSignedIn()).isTrue();
    }

    @Test
    void logoutForgetsTheTokensEvenIfTheServerIsAway() {
        signIn();
        peer.close();

        assertThatThrownBy(() -> client.auth().logout()).isInstanceOf(StormException.class);

        assertThat(client.isSignedIn()).isFalse();
    }

    @Test
    void healthIsReadWhenTheServerIsUnwell() {
        peer.on("GET /health", _ -> new Reply(503, """
                {"status":"down","uptime":5,"mongo":"disconnected","redis":"connected","worker":"connected",\
                "delivery":"disconnected"}""", java.util.Map.of()));

        assertThat(client.queue().health().mongo()).isEqualTo("disconnected");
    }
}
