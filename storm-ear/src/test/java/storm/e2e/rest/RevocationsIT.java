package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.errors.ErrorCode;

/// Whatever ends a session: the next request is refused and its open sockets are closed within a second.
class RevocationsIT extends RestTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    RevocationsIT(Storm storm) {
        super(storm);
    }

    enum Ending {
        LOGOUT,
        LOGOUT_ALL,
        END_OF_ONE_SESSION,
        NEW_PASSWORD,
        REUSED_REFRESH_TOKEN,
        NEW_ROLE,
        DEACTIVATION,
        END_BY_STAFF
    }

    /// Ends Ann's first session.
    private void end(Ending ending, Person ann, JsonObject second) {
        PlainRest elsewhere = stranger().withToken(second.getString("accessToken"));
        PlainRest admin = cast().admin().rest();
        String user = "/users/" + ann.id();
        switch (ending) {
            case LOGOUT -> good(ann.rest().post("/auth/logout", "{}"), 200);
            case LOGOUT_ALL -> good(elsewhere.post("/auth/logout-all", "{}"), 200);
            case END_OF_ONE_SESSION ->
                good(
                        delete(
                                elsewhere,
                                "/auth/sessions/"
                                        + objects(good(elsewhere.get("/auth/sessions"), 200), "sessions")
                                                .filter(session -> !session.getBoolean("current"))
                                                .findFirst()
                                                .orElseThrow()
                                                .getString("id")),
                        200);
            case NEW_PASSWORD ->
                good(
                        put(
                                elsewhere,
                                "/users/me/password",
                                json("currentPassword", ann.password(), "newPassword", Words.PASSWORD + "-Next1")),
                        200);
            case REUSED_REFRESH_TOKEN -> {
                String refresh = refreshWith(second.getString("refreshToken"));
                good(stranger().post("/auth/refresh", refresh), 200);
                refused(stranger().post("/auth/refresh", refresh), ErrorCode.TOKEN_REUSE_DETECTED);
            }
            case NEW_ROLE -> good(patch(admin, user, json("role", "moderator")), 200);
            case DEACTIVATION -> good(delete(admin, user), 200);
            case END_BY_STAFF -> good(delete(admin, user + "/sessions"), 200);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Row("TOKEN_REVOKED")
    void theNextRequestIsRefusedAndSocketsCloseWithinASecond(Ending ending) {
        Person ann = people.join("ann");
        JsonObject second = good(stranger().post("/auth/login", credentials(ann)), 200);
        Words.keep(second.getString("refreshToken"));
        PlainSocket socket = ann.socket();

        end(ending, ann, second);

        long ended = System.nanoTime();
        refused(ann.rest().get("/users/me"), ErrorCode.TOKEN_REVOKED);
        assertThat(socket.closeCode()).isEqualTo(4001);
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(SOON);
    }
}
