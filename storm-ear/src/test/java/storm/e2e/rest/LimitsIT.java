package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.servers.Installation;
import storm.e2e.servers.Part;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.protocol.errors.ErrorCode;

/// Rate limits, trusted proxies, CORS and TLS, on a second REST server of the same Storm with small limits.
class LimitsIT extends RestTest {
    private static final int PUBLIC = 6;
    private static final int USER = 5;
    private static final int STAFF = 8;
    private static final String ORIGIN = "https://chat.storm.example";
    private static final int HTTPS_PORT = Installation.freePort();

    @SuppressWarnings("NullAway.Init")
    private static ServerProcess limited;

    LimitsIT(Storm storm) {
        super(storm);
    }

    @BeforeAll
    static void startLimited(Storm storm) {
        limited = storm.prepare(
                Part.REST,
                "rest-limited",
                Map.of(
                        "STORM_RATE_LIMIT_PUBLIC", String.valueOf(PUBLIC),
                        "STORM_RATE_LIMIT_USER", String.valueOf(USER),
                        "STORM_RATE_LIMIT_STAFF", String.valueOf(STAFF),
                        "STORM_TRUSTED_PROXIES", "127.0.0.1/32,::1",
                        "STORM_CORS_ORIGINS", ORIGIN,
                        "STORM_HTTPS_PORT", String.valueOf(HTTPS_PORT)));
        limited.start();
    }

    @AfterAll
    static void stopLimited() {
        limited.stop();
    }

    private PlainRest there() {
        return PlainRest.at(limited.http().resolve("/api/v1"));
    }

    private Answer from(String... forwardedFor) {
        List<String> headers = new java.util.ArrayList<>();
        for (String value : forwardedFor) {
            headers.addAll(List.of("X-Forwarded-For", value));
        }
        return there().call("GET", "/auth/jwks", null, headers);
    }

    @Test
    @Row({"RATE_LIMIT_EXCEEDED", "GET /auth/jwks"})
    void publicRoutesAreLimitedByClientAddress() {
        for (int i = 1; i <= PUBLIC; i++) {
            Answer answer = from("198.51.100.1");
            good(answer, 200);
            assertThat(header(answer, "RateLimit-Limit")).isEqualTo(String.valueOf(PUBLIC));
            assertThat(header(answer, "RateLimit-Remaining")).isEqualTo(String.valueOf(PUBLIC - i));
            assertThat(Integer.parseInt(header(answer, "RateLimit-Reset"))).isBetween(1, 3660);
        }

        Answer refused = from("198.51.100.1");

        refused(refused, ErrorCode.RATE_LIMIT_EXCEEDED);
        assertThat(header(refused, "RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 3660);
        good(from("198.51.100.2"), 200);
        good(from("2001:db8::1"), 200);
        for (int i = 0; i < 2 * PUBLIC; i++) {
            assertThat(there().call("GET", "/health", null, List.of("X-Forwarded-For", "198.51.100.1"))
                            .status())
                    .isNotEqualTo(429);
        }
    }

    @Test
    @Row("RATE_LIMIT_EXCEEDED")
    void whatTheClientWroteItselfDoesNotCount() {
        for (int i = 0; i < PUBLIC; i++) {
            good(i % 2 == 0 ? from("203.0.113." + i + ", 198.51.100.3") : from("203.0.113." + i, "198.51.100.3"), 200);
        }
        refused(from("203.0.113.99, 198.51.100.3"), ErrorCode.RATE_LIMIT_EXCEEDED);
        refused(from("203.0.113.98", "198.51.100.3, 127.0.0.1"), ErrorCode.RATE_LIMIT_EXCEEDED);
    }

    @Test
    void whoIsNoTrustedProxyIsNotBelieved() {
        Person ann = people.join("ann");
        good(stranger().call("POST", "/auth/login", credentials(ann), List.of("X-Forwarded-For", "203.0.113.50")), 200);
        assertThat(texts(good(ann.rest().get("/auth/sessions"), 200), "sessions", "address"))
                .containsOnly("127.0.0.1");
        good(there().call("POST", "/auth/login", credentials(ann), List.of("X-Forwarded-For", "203.0.113.50")), 200);
        assertThat(texts(good(ann.rest().get("/auth/sessions"), 200), "sessions", "address"))
                .contains("203.0.113.50");
    }

    @Test
    @Row({"RATE_LIMIT_EXCEEDED", "GET /users/me"})
    void usersAreLimitedOneByOneAndStaffMayAskMoreOften() {
        Person ann = people.join("ann");
        Answer first = there().withToken(ann.token()).get("/users/me");
        good(first, 200);
        assertThat(header(first, "RateLimit-Limit")).isEqualTo(String.valueOf(USER));
        int left = Integer.parseInt(header(first, "RateLimit-Remaining"));
        assertThat(left).isLessThan(USER);
        for (int i = 0; i < left; i++) {
            good(there().withToken(ann.token()).get("/users/me"), 200);
        }

        Answer refused = there().withToken(ann.token()).get("/users/me");

        refused(refused, ErrorCode.RATE_LIMIT_EXCEEDED);
        assertThat(header(refused, "Retry-After")).matches("[0-9]+");
        good(there().withToken(people.join("bob").token()).get("/users/me"), 200);
        Answer staff = there().withToken(joinAs("moderator").token()).get("/users/me");
        good(staff, 200);
        assertThat(header(staff, "RateLimit-Limit")).isEqualTo(String.valueOf(STAFF));
    }

    @Test
    @Row("TOKEN_REVOKED")
    void whatOneServerRevokedTheOtherRefusesAtOnce() {
        Person ann = people.join("ann");
        good(there().withToken(ann.token()).get("/users/me"), 200);
        good(ann.rest().post("/auth/logout", "{}"), 200);
        refused(there().withToken(ann.token()).get("/users/me"), ErrorCode.TOKEN_REVOKED);
    }

    @Test
    void anAllowedOriginSeesWhatItNeedsAndAStrangeOneNothing() {
        List<String> preflight = List.of(
                "Origin",
                ORIGIN,
                "Access-Control-Request-Method",
                "PATCH",
                "Access-Control-Request-Headers",
                "authorization");
        Answer asked = there().call("OPTIONS", "/users/me", null, preflight);
        assertThat(asked.status()).isEqualTo(204);
        assertThat(header(asked, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(header(asked, "Access-Control-Allow-Methods")).contains("PATCH", "DELETE", "PUT");
        assertThat(header(asked, "Access-Control-Allow-Headers")).contains("Authorization", "Content-Type");
        assertThat(header(asked, "Access-Control-Max-Age")).isEqualTo("600");
        assertThat(header(asked, "Access-Control-Allow-Credentials")).isEmpty();
        assertThat(header(asked, "Vary")).contains("Origin");

        Answer real = there().call("GET", "/health", null, List.of("Origin", ORIGIN));
        assertThat(header(real, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(header(real, "Access-Control-Expose-Headers"))
                .contains("X-Request-Id", "Retry-After", "RateLimit-Limit");

        for (String strange :
                List.of("https://elsewhere.example", "http://chat.storm.example", "null", ORIGIN + ".evil.example")) {
            Answer refused = there().call(
                            "OPTIONS",
                            "/users/me",
                            null,
                            List.of("Origin", strange, "Access-Control-Request-Method", "GET"));
            assertThat(header(refused, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(refused, "Access-Control-Allow-Methods")).isEmpty();
        }
        // Also a failure must be readable for the page that met it.
        Answer failed = there().call("GET", "/users/me", null, List.of("Origin", ORIGIN));
        refused(failed, ErrorCode.UNAUTHORIZED);
        assertThat(header(failed, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    }

    @Test
    void overTlsBrowsersAreToldToStayThere() throws Exception {
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        try (HttpClient client = HttpClient.newBuilder().sslContext(anybody).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + HTTPS_PORT + "/api/v1/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000; includeSubDomains");
        }
        assertThat(header(
                        there().call("GET", "/health", null, List.of("X-Forwarded-Proto", "https")),
                        "Strict-Transport-Security"))
                .isNotEmpty();
        assertThat(header(
                        stranger().call("GET", "/health", null, List.of("X-Forwarded-Proto", "https")),
                        "Strict-Transport-Security"))
                .isEmpty();
    }

    /// Believes the certificate that the server made for itself, whatever its name.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
