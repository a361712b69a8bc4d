package storm.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.PeopleTest;
import storm.e2e.people.Person;
import storm.e2e.web.PlainRest;
import storm.protocol.health.Health;
import storm.protocol.json.Json;

/// nginx: what it lets in, what it answers itself, what it writes down, and its certificate.
@RunsInContainers
class FrontDoorIT extends PeopleTest {
    private final ContainerStorm storm;

    FrontDoorIT(ContainerStorm storm) {
        super(storm);
        this.storm = storm;
    }

    @Test
    void plainHttpIsSentToHttps() throws Exception {
        HttpResponse<String> answer = get(storm.plain() + "/api/v1/health?x=1");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(storm.address().rest() + "/api/v1/health?x=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void modernTlsIsSpoken(String version) throws Exception {
        try (SSLSocket socket = handshake(version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void oldTlsIsNot() {
        // This JVM speaks TLS 1.1 only with what is left of its ciphers; the server's refusal comes either way.
        assertThatThrownBy(() -> handshake("TLSv1.1")).isInstanceOf(SSLException.class);
        assertThat(Docker.exec(
                                storm.containers("nginx").getFirst(),
                                "curl",
                                "-sk",
                                "--tls-max",
                                "1.1",
                                "--ciphers",
                                "ALL:@SECLEVEL=0",
                                "https://127.0.0.1:8443/health")
                        .status())
                .isEqualTo(35);
    }

    @Test
    void healthTellsOfEveryPart() throws Exception {
        HttpResponse<String> answer = get(storm.address().rest() + "/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        Health health = Json.read(answer.body(), Health.class);
        assertThat(health).isEqualTo(Health.of(health.uptime(), true, true, true, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/health/ready", "/openapi", "/ws/else", "/worker", "/wss"})
    void nothingElseIsShown(String path) throws Exception {
        HttpResponse<String> answer = get(storm.address().rest() + path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Json.readObject(answer.body()).getJsonObject("error").getString("code"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void aBodyThatIsTooLargeGetsStormsOwnError() {
        PlainRest.Answer large = stranger().post("/auth/login", "{\"email\":\"" + "x".repeat(20_000) + "\"}");
        PlainRest.Answer huge = stranger().post("/auth/login", "{\"email\":\"" + "x".repeat(2_000_000) + "\"}");

        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(huge.status()).isEqualTo(413);
        assertThat(huge.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void theAccessLogHasNoQueries() {
        Person ann = people.join("ann");
        ann.socket().close();
        ann.rest().get("/channels?limit=7&scope=secretly");

        String log = storm.logs("nginx");

        assertThat(log).contains("\"path\":\"/ws\"", "\"path\":\"/api/v1/channels\"");
        assertThat(log).doesNotContain("?", "secretly", "token=", ann.token());
    }

    @Test
    void theCertificateIsRenewedBeforeItEndsAndWhenItsNamesChange() throws Exception {
        String first = certificate().getSerialNumber().toString();
        String others = checksums();

        storm.onceWith(Map.of(), "sh", "/opt/storm/init.sh");
        reload();
        assertThat(certificate().getSerialNumber()).hasToString(first);

        storm.onceWith(Map.of("STORM_RENEW_DAYS", "398"), "sh", "/opt/storm/init.sh");
        reload();
        String second = certificate().getSerialNumber().toString();
        assertThat(second).isNotEqualTo(first);

        storm.onceWith(Map.of("STORM_HOST", "chat.example.org,192.0.2.7"), "sh", "/opt/storm/init.sh");
        reload();
        X509Certificate named = certificate();
        assertThat(named.getSerialNumber()).isNotEqualTo(second);
        assertThat(named.getSubjectAlternativeNames().toString())
                .contains("localhost", "127.0.0.1", "chat.example.org", "192.0.2.7");
        assertThat(checksums()).isEqualTo(others);
    }

    /// Of everything that init keeps besides the certificate.
    private String checksums() {
        return storm.once(
                "sh", "-c", "cd /secrets && sha256sum keys/[!t]* rest/* ws/* worker/* redis/* mongodb/* tls/ca.crt");
    }

    private void reload() {
        assertThat(Docker.exec(storm.containers("nginx").getFirst(), "nginx", "-s", "reload")
                        .status())
                .isZero();
        storm.awaitAnswer();
    }

    private X509Certificate certificate() throws IOException {
        try (SSLSocket socket = handshake("TLSv1.3")) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private SSLSocket handshake(String version) throws IOException {
        SSLSocket socket = (SSLSocket) storm.tls()
                .getSocketFactory()
                .createSocket("localhost", storm.address().rest().getPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    private HttpResponse<String> get(String address) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(storm.tls())
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(java.net.URI.create(address)).build(), BodyHandlers.ofString());
        }
    }
}
