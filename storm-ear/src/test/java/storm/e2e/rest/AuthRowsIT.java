package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.e2e.web.PlainSocket;
import storm.protocol.errors.ErrorCode;

/// The rows `/auth/…`.
class AuthRowsIT extends RestTest {
    private static final String PASSWORD = Words.PASSWORD + "-auth";

    AuthRowsIT(Storm storm) {
        super(storm);
    }

    private static String registration(String username, String email, String password) {
        return json("username", username, "email", email, "password", password);
    }

    private static String email(String name) {
        return name + "@" + Words.EMAIL + ".example";
    }

    private JsonObject tokens(Answer answer, int status) {
        JsonObject tokens = good(answer, status);
        assertThat(tokens.keySet()).containsExactlyInAnyOrder("accessToken", "refreshToken", "expiresIn");
        assertThat(tokens.getInt("expiresIn")).isEqualTo(900);
        Words.keep(tokens.getString("accessToken"));
        Words.keep(tokens.getString("refreshToken"));
        return tokens;
    }

    private PlainRest as(JsonObject tokens) {
        return stranger().withToken(tokens.getString("accessToken"));
    }

    @Test
    @Row("POST /auth/register")
    void whoRegistersIsAMemberWithTokensAndALowerCaseEmail() {
        String name = Words.name("New");
        JsonObject tokens = tokens(
                stranger().post("/auth/register", registration(name, email(name).toUpperCase(Locale.ROOT), PASSWORD)),
                201);

        JsonObject me = good(as(tokens).get("/users/me"), 200);
        assertThat(me.getString("username")).isEqualTo(name);
        assertThat(me.getString("email")).isEqualTo(email(name).toLowerCase(Locale.ROOT));
        assertThat(me.getString("role")).isEqualTo("member");
        assertThat(me.getBoolean("isActive")).isTrue();
        tokens(stranger().post("/auth/login", json("email", email(name), "password", PASSWORD)), 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            username | ab                                | x@w.example | Correct-horse-7
            username | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | x@w.example | Correct-horse-7
            username | two words                         | x@w.example | Correct-horse-7
            username | ännchen                           | x@w.example | Correct-horse-7
            email    | rightname                         | nobody      | Correct-horse-7
            email    | rightname                         | a@b@c       | Correct-horse-7
            password | rightname                         | x@w.example | Short-pw7
            password | rightname                         | x@w.example | no-upper-case-7
            password | rightname                         | x@w.example | NO-LOWER-CASE-7
            password | rightname                         | x@w.example | No-digit-at-all
            password | rightname                         | x@w.example | NoSymbolAtAll77
            """)
    @Row("POST /auth/register")
    void aRegistrationWithAWrongFieldNamesIt(String field, String username, String email, String password) {
        assertThat(refused(
                                stranger().post("/auth/register", registration(username, email, password)),
                                ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 32})
    @Row("POST /auth/register")
    void shortestAndLongestNamesAndPasswordsAreTaken(int length) {
        String unique = Words.name("b").replaceAll("[^a-z0-9]", "");
        String name =
                (length == 3 ? unique.substring(unique.length() - 3) : unique + "_".repeat(32)).substring(0, length);
        String password = "Aa1!" + "x".repeat(length == 3 ? 6 : 68);
        Answer answer = stranger().post("/auth/register", registration(name, email(unique), password));
        // Three letters may be somebody's already; that they may be a name is what counts.
        assertThat(answer.status()).as(answer.body()).isIn(length == 3 ? List.of(201, 409) : List.of(201));
        refused(
                stranger().post("/auth/register", registration(unique, email(unique), password + "y".repeat(73))),
                ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("POST /auth/register")
    void takenNamesConflictInAnyCase() {
        Person ann = cast().ann();
        refused(
                stranger()
                        .post(
                                "/auth/register",
                                registration(Words.name("x"), ann.email().toUpperCase(Locale.ROOT), PASSWORD)),
                ErrorCode.CONFLICT);
        refused(
                stranger()
                        .post(
                                "/auth/register",
                                registration(
                                        ann.username().toUpperCase(Locale.ROOT), email(Words.name("x")), PASSWORD)),
                ErrorCode.CONFLICT);
    }

    @Test
    @Row({"POST /auth/login", "UNAUTHORIZED"})
    void wrongPasswordUnknownEmailAndInactiveUserAreAnsweredAlike() {
        Person gone = people.join("gone");
        good(delete(cast().admin().rest(), "/users/" + gone.id()), 200);

        List<Answer> answers = List.of(
                stranger().post("/auth/login", json("email", cast().ann().email(), "password", PASSWORD + "?")),
                stranger().post("/auth/login", json("email", email("nobody"), "password", PASSWORD)),
                stranger().post("/auth/login", credentials(gone)));

        for (Answer answer : answers) {
            refused(answer, ErrorCode.UNAUTHORIZED);
            assertThat(answer.json().get("error"))
                    .isEqualTo(answers.getFirst().json().get("error"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"email\":null,\"password\":null}",
                "{\"email\":\"\",\"password\":\"\"}",
                "[]",
                "7",
                "\"\"",
                "{",
                "null"
            })
    @Row("POST /auth/login")
    void aLoginWithoutItsFieldsIsMalformed(String body) {
        refused(stranger().post("/auth/login", body), ErrorCode.VALIDATION_ERROR);
    }

    /// Hashes as the original Storm stored them, of this password.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$10$pSSztJx66Js1YgqLG5VZKusRedBA3ycUQ5FPd3IF2Ah5C9/3b55Nq",
                "$2b$10$6hngQqRY7hSAi0UL7pNdw.CPgGfE0Zr8gSQovutnSRWuZlH79VHYi"
            })
    @Row("POST /auth/login")
    void aBcryptHashOfTheOriginalSignsInOnceAndIsArgon2idFromThenOn(String bcrypt) {
        String password = "Otter!original-1";
        Person ann = people.join("original");
        try (MongoClient mongo = MongoClients.create(storm.stores().mongoUri(storm.database()))) {
            MongoCollection<Document> users =
                    mongo.getDatabase(storm.database()).getCollection("users");
            users.updateOne(
                    new Document("email", ann.email()), new Document("$set", new Document("passwordHash", bcrypt)));

            refused(
                    stranger().post("/auth/login", json("email", ann.email(), "password", password + "?")),
                    ErrorCode.UNAUTHORIZED);
            tokens(stranger().post("/auth/login", json("email", ann.email(), "password", password)), 200);

            assertThat(users.distinct("passwordHash", new Document("email", ann.email()), String.class))
                    .singleElement()
                    .asString()
                    .startsWith("$argon2id$");
            tokens(stranger().post("/auth/login", json("email", ann.email(), "password", password)), 200);
        }
    }

    @Test
    @Row({"POST /auth/login", "RATE_LIMIT_EXCEEDED"})
    void afterTenFailuresAnAccountIsClosedForAWhileAndNoOther() {
        Person ann = people.join("guessed");
        for (int i = 0; i < 10; i++) {
            refused(
                    stranger().post("/auth/login", json("email", ann.email(), "password", PASSWORD + i)),
                    ErrorCode.UNAUTHORIZED);
        }

        Answer right = stranger().post("/auth/login", credentials(ann));

        refused(right, ErrorCode.RATE_LIMIT_EXCEEDED);
        assertThat(Integer.parseInt(header(right, "Retry-After"))).isBetween(1, 15 * 60 + 15);
        tokens(stranger().post("/auth/login", credentials(cast().bob())), 200);
    }

    @Test
    @Row("POST /auth/login")
    void anUnknownEmailTakesAsLongAsAKnownOne() {
        Person ann = people.join("timed");
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            known.add(nanos(json("email", ann.email(), "password", PASSWORD + i)));
            unknown.add(nanos(json("email", email("nobody" + i), "password", PASSWORD)));
        }
        double ratio = (double) median(known) / median(unknown);
        // Without the hash an answer takes a tenth.
        assertThat(ratio).isBetween(0.4, 2.5);
    }

    private long nanos(String body) {
        long start = System.nanoTime();
        refused(stranger().post("/auth/login", body), ErrorCode.UNAUTHORIZED);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    @Test
    @Row({"POST /auth/refresh", "TOKEN_REUSE_DETECTED", "TOKEN_REVOKED"})
    void aRefreshTokenWorksOnceAndItsSecondUseEndsEverySession() {
        Person ann = people.join("ann");
        JsonObject first = tokens(stranger().post("/auth/login", credentials(ann)), 200);
        JsonObject other = tokens(stranger().post("/auth/login", credentials(ann)), 200);

        JsonObject second = tokens(stranger().post("/auth/refresh", refreshWith(first.getString("refreshToken"))), 200);
        good(as(second).get("/users/me"), 200);
        refused(
                stranger().post("/auth/refresh", refreshWith(first.getString("refreshToken"))),
                ErrorCode.TOKEN_REUSE_DETECTED);

        for (JsonObject each : List.of(first, second, other)) {
            refused(as(each).get("/users/me"), ErrorCode.TOKEN_REVOKED);
        }
        refused(stranger().post("/auth/refresh", refreshWith(other.getString("refreshToken"))), ErrorCode.UNAUTHORIZED);
        tokens(stranger().post("/auth/login", credentials(ann)), 200);
    }

    @Test
    @Row({"POST /auth/refresh", "UNAUTHORIZED"})
    void unknownAndDeactivatedUsersTokensAreRefused() {
        Person gone = people.join("gone");
        JsonObject tokens = tokens(stranger().post("/auth/login", credentials(gone)), 200);
        good(delete(cast().admin().rest(), "/users/" + gone.id()), 200);

        refused(
                stranger().post("/auth/refresh", refreshWith(tokens.getString("refreshToken"))),
                ErrorCode.UNAUTHORIZED);
        refused(stranger().post("/auth/refresh", refreshWith("never given out")), ErrorCode.UNAUTHORIZED);
        refused(stranger().post("/auth/refresh", "{}"), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("POST /auth/logout")
    void logoutEndsThisSessionAndNoOther() {
        Person ann = people.join("ann");
        JsonObject tokens = tokens(stranger().post("/auth/login", credentials(ann)), 200);

        assertThat(good(as(tokens).call("POST", "/auth/logout", null, List.of()), 200))
                .isEmpty();

        refused(as(tokens).get("/users/me"), ErrorCode.TOKEN_REVOKED);
        refused(
                stranger().post("/auth/refresh", refreshWith(tokens.getString("refreshToken"))),
                ErrorCode.UNAUTHORIZED);
        good(ann.rest().get("/users/me"), 200);
        refused(stranger().post("/auth/logout", "{}"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("POST /auth/logout-all")
    void logoutAllTellsHowManySessionsItEnded() {
        Person ann = people.join("ann");
        tokens(stranger().post("/auth/login", credentials(ann)), 200);
        JsonObject third = tokens(stranger().post("/auth/login", credentials(ann)), 200);
        PlainSocket socket = ann.socket();

        assertThat(good(as(third).post("/auth/logout-all", "{}"), 200).getInt("revoked"))
                .isEqualTo(3);

        refused(ann.rest().get("/users/me"), ErrorCode.TOKEN_REVOKED);
        assertThat(socket.closeCode()).isEqualTo(4001);
        refused(stranger().post("/auth/logout-all", "{}"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("GET /auth/sessions")
    void sessionsTellWhereTheyWereBegunAndWhichAsks() {
        Person ann = people.join("ann");
        JsonObject second = tokens(
                stranger().call("POST", "/auth/login", credentials(ann), List.of("User-Agent", "Kingfisher/1.0")), 200);

        List<JsonObject> sessions =
                objects(good(as(second).get("/auth/sessions"), 200), "sessions").toList();

        assertThat(sessions).hasSize(2);
        assertThat(sessions)
                .filteredOn(session -> session.getBoolean("current"))
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.getString("userAgent")).isEqualTo("Kingfisher/1.0");
                    assertThat(session.getString("address")).isEqualTo("127.0.0.1");
                    assertThat(session.keySet()).contains("id", "createdAt", "lastUsedAt");
                });
        refused(stranger().get("/auth/sessions"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("DELETE /auth/sessions/{sessionId}")
    void anEndedSessionIsOutAndAForeignOneIsNotFound() {
        Person ann = people.join("ann");
        JsonObject second = tokens(stranger().post("/auth/login", credentials(ann)), 200);
        String id = objects(good(as(second).get("/auth/sessions"), 200), "sessions")
                .filter(session -> session.getBoolean("current"))
                .findFirst()
                .orElseThrow()
                .getString("id");

        refused(delete(cast().bob().rest(), "/auth/sessions/" + id), ErrorCode.NOT_FOUND);
        good(as(second).get("/users/me"), 200);
        assertThat(good(delete(ann.rest(), "/auth/sessions/" + id), 200)).isEmpty();

        refused(as(second).get("/users/me"), ErrorCode.TOKEN_REVOKED);
        refused(delete(ann.rest(), "/auth/sessions/" + id), ErrorCode.NOT_FOUND);
        refused(delete(ann.rest(), "/auth/sessions/nonsense"), ErrorCode.VALIDATION_ERROR);
        refused(delete(stranger(), "/auth/sessions/" + id), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("POST /auth/ws-ticket")
    void aTicketOpensOneSocket() {
        JsonObject ticket = good(cast().ann().rest().call("POST", "/auth/ws-ticket", null, List.of()), 201);
        Words.keep(ticket.getString("ticket"));

        assertThat(ticket.keySet()).containsExactlyInAnyOrder("ticket", "expiresIn");
        assertThat(ticket.getInt("expiresIn")).isEqualTo(30);
        try (PlainSocket socket = PlainSocket.open(
                java.net.URI.create(socketAddress() + "?ticket=" + ticket.getString("ticket")), List.of())) {
            socket.await(frame -> frame.event().equals("connection.ready"));
        }
        refused(stranger().post("/auth/ws-ticket", "{}"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("GET /auth/jwks")
    void thePublishedKeyVerifiesTokensAndIsNotTheSecretOne() throws Exception {
        JsonObject keys = good(stranger().get("/auth/jwks"), 200);
        JsonObject key = keys.getJsonArray("keys").getJsonObject(0);

        assertThat(key.keySet()).doesNotContain("d").contains("kid", "x", "y");
        assertThat(Map.of(
                        "kty", key.getString("kty"),
                        "crv", key.getString("crv"),
                        "alg", key.getString("alg"),
                        "use", key.getString("use")))
                .isEqualTo(Map.of("kty", "EC", "crv", "P-256", "alg", "ES256", "use", "sig"));
        SignedJWT token = SignedJWT.parse(cast().ann().token());
        assertThat(token.verify(new ECDSAVerifier(
                        JWKSet.parse(keys.toString()).getKeys().getFirst().toECKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getClaims().keySet())
                .contains("iss", "aud", "sub", "upn", "groups", "role", "sid", "jti", "iat", "exp");
    }
}
