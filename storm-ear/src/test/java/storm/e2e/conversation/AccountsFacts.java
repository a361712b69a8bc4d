package storm.e2e.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import storm.client.StormClient;
import storm.e2e.PeopleTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunningStorm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.health.Health;
import storm.protocol.ids.UserId;
import storm.protocol.json.Json;
import storm.protocol.users.Role;
import storm.protocol.users.User;

/// Registering, signing in, and being refused.
public abstract class AccountsFacts extends PeopleTest {
    protected AccountsFacts(RunningStorm storm) {
        super(storm);
    }

    @Test
    void whoRegistersIsAMemberAndSignsInByEmail() {
        Person ann = people.join("ann");

        try (StormClient again = StormClient.of(address())) {
            again.auth().login(ann.email(), ann.password());
            User me = again.users().me();

            assertThat(me.username()).isEqualTo(ann.username());
            assertThat(me.email()).isEqualTo(ann.email());
            assertThat(me.role()).isEqualTo(Role.MEMBER);
            assertThat(me.isActive()).isTrue();
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownEmailAreAnsweredAlike() {
        Person ann = people.join("ann");

        PlainRest.Answer wrong =
                stranger().post("/auth/login", Json.write(new Person.Login(ann.email(), Words.PASSWORD + "-wrong")));
        PlainRest.Answer unknown = stranger()
                .post("/auth/login", Json.write(new Person.Login("nobody@" + Words.EMAIL + ".example", "Aa1!aaaaaa")));

        for (PlainRest.Answer answer : new PlainRest.Answer[] {wrong, unknown}) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHORIZED");
        }
        assertThat(wrong.json().getJsonObject("error")).isEqualTo(unknown.json().getJsonObject("error"));
    }

    @Test
    void aUsernameAndAnEmailAreTakenOnce() {
        Person ann = people.join("ann");

        PlainRest.Answer sameEmail = stranger()
                .post(
                        "/auth/register",
                        Json.write(new Person.Registration(
                                Words.name("other"), ann.email().toUpperCase(Locale.ROOT), ann.password())));
        PlainRest.Answer sameName = stranger()
                .post(
                        "/auth/register",
                        Json.write(new Person.Registration(
                                ann.username().toUpperCase(Locale.ROOT), "x" + ann.email(), ann.password())));

        assertThat(sameEmail.status()).isEqualTo(409);
        assertThat(sameEmail.code()).isEqualTo("CONFLICT");
        assertThat(sameName.status()).isEqualTo(409);
        assertThat(sameName.code()).isEqualTo("CONFLICT");
    }

    @Test
    void aRefreshedTokenWorksAndTheRefreshTokenWorksOnce() {
        Person ann = people.join("ann");
        PlainRest.Answer login =
                stranger().post("/auth/login", Json.write(new Person.Login(ann.email(), ann.password())));
        String refresh = "{\"refreshToken\":\"" + login.data().getString("refreshToken") + "\"}";

        PlainRest.Answer first = stranger().post("/auth/refresh", refresh);
        PlainRest.Answer second = stranger().post("/auth/refresh", refresh);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.code()).isEqualTo("TOKEN_REUSE_DETECTED");
        PlainRest.Answer after =
                stranger().withToken(first.data().getString("accessToken")).get("/users/me");
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.code()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void theFirstAdminIsTheOneThatTheServersWereGiven() {
        assertThat(admin().client().users().me().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void whoSignsOutIsOutEverywhereAtOnce() {
        Person ann = people.join("ann");
        PlainSocket socket = ann.socket();

        assertThat(ann.rest().post("/auth/logout", "{}").status()).isEqualTo(200);

        PlainRest.Answer after = ann.rest().get("/users/me");
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.code()).isEqualTo("TOKEN_REVOKED");
        assertThat(socket.closeCode()).isEqualTo(4001);
        try (PlainSocket next = PlainSocket.open(URI.create(socketAddress() + "?token=" + ann.token()), List.of())) {
            assertThat(next.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void aSocketOpensByTicketByHeaderAndByToken() {
        Person ann = people.join("ann");
        String ticket = ann.client().auth().ticket().ticket();
        Words.keep(ticket);
        URI byTicket = URI.create(socketAddress() + "?ticket=" + ticket);

        try (PlainSocket first = PlainSocket.open(byTicket, List.of());
                PlainSocket header =
                        PlainSocket.open(socketAddress(), List.of("Authorization", "Bearer " + ann.token()));
                PlainSocket token = PlainSocket.ready(socketAddress(), ann.token())) {
            first.await(frame -> frame.event().equals("connection.ready"));
            header.await(frame -> frame.event().equals("connection.ready"));
            assertThat(token.isOpen()).isTrue();
            try (PlainSocket secondUse = PlainSocket.open(byTicket, List.of())) {
                assertThat(secondUse.closeCode()).isEqualTo(4001);
            }
        }
    }

    @Test
    void aSocketWithoutAGoodTokenIsClosedWith4001() {
        for (String query : List.of("", "?token=", "?token=nonsense", "?ticket=nonsense")) {
            try (PlainSocket socket = PlainSocket.open(URI.create(socketAddress() + query), List.of())) {
                assertThat(socket.closeCode()).as("with %s", query).isEqualTo(4001);
                assertThat(socket.frames()).isEmpty();
            }
        }
    }

    @Test
    void aBrowserOfAStrangeOriginIsRefused() {
        Person ann = people.join("ann");
        assertThatThrownBy(() -> PlainSocket.open(
                        URI.create(socketAddress() + "?token=" + ann.token()),
                        List.of("Origin", "https://elsewhere.example")))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void theClientTellsWhatTheServerRefused() {
        Person ann = people.join("ann");

        assertThatThrownBy(() -> ann.client().users().get(new UserId("0123456789abcdef01234567")))
                .isInstanceOfSatisfying(
                        StormException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void everyPartIsConnectedWhenAllIsWell() {
        // The first probe has to come round first.
        PlainRest.Answer answer = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> stranger().get("/health"), latest -> latest.status() == 200);
        Health health = Json.read(answer.body(), Health.class);

        assertThat(health).isEqualTo(Health.of(health.uptime(), true, true, true, true));
    }
}
