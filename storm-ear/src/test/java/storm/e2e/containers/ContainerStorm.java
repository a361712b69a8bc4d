package storm.e2e.containers;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import storm.client.http.ServerAddress;
import storm.e2e.servers.Installation;
import storm.e2e.servers.RunningStorm;

/// The Storm of docker-compose.yml: images built from the sources, everything reached through nginx alone, by HTTPS and
/// WSS, trusting the certificate authority that it made itself.
///
/// A compose project of its own, on free ports of the loopback address, taken down with its volumes at the end.
final class ContainerStorm implements RunningStorm, AutoCloseable {
    private static final String COMPOSE = System.getenv().getOrDefault("STORM_COMPOSE", "docker compose");
    private static final Duration BUILD = Duration.ofMinutes(40);
    private static final Duration START = Duration.ofMinutes(12);
    private static final String PLENTY = "1000000";

    /// The parts that run for as long as Storm does.
    static final List<String> SERVICES = List.of("nginx", "rest", "ws", "worker", "redis", "mongodb");

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> files = new ArrayList<>(List.of("-f", "docker-compose.yml"));
    private final Map<String, Integer> scale = new TreeMap<>();
    private final int httpPort = Installation.freePort();
    private final int httpsPort = Installation.freePort();
    private final SSLContext tls;

    private ContainerStorm() {
        variables.put(
                "COMPOSE_PROJECT_NAME",
                "storm-test-" + UUID.randomUUID().toString().substring(0, 8));
        variables.put("STORM_PUBLIC_ADDRESS", "127.0.0.1");
        variables.put("STORM_PUBLIC_HTTP_PORT", Integer.toString(httpPort));
        variables.put("STORM_PUBLIC_HTTPS_PORT", Integer.toString(httpsPort));
        variables.put("STORM_RATE_LIMIT_PUBLIC", PLENTY);
        variables.put("STORM_RATE_LIMIT_USER", PLENTY);
        variables.put("STORM_RATE_LIMIT_WS", PLENTY);
        StandIn.forMongo().ifPresent(image -> {
            variables.put("STORM_MONGODB_IMAGE", image);
            files.addAll(List.of(
                    "-f", StandIn.resource("docker-compose.stand-in.yml").toString()));
        });
        try {
            compose(BUILD, "build");
            compose(START, "up", "--detach", "--no-build");
            this.tls = trusting(compose("exec", "-T", "nginx", "cat", "/run/secrets/tls/ca.crt"));
            awaitHealthy();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Builds the images and starts all of it.
    static ContainerStorm start() {
        return new ContainerStorm();
    }

    @Override
    public ServerAddress address() {
        return ServerAddress.of("https://localhost:" + httpsPort);
    }

    /// Where plain HTTP is published.
    URI plain() {
        return URI.create("http://localhost:" + httpPort);
    }

    /// TLS that believes this Storm's certificate authority and no other.
    SSLContext tls() {
        return tls;
    }

    @Override
    public String adminEmail() {
        return original("admin.email");
    }

    @Override
    public String adminPassword() {
        return original("admin.password");
    }

    /// One of the originals that init keeps.
    String original(String name) {
        return once("cat", "/secrets/keys/" + name).strip();
    }

    /// Every value that init made and nobody may see: file by file, the longest line of each.
    Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>();
        once("sh", "-c", "cd /secrets/keys && grep -H . *.key *.keys *.password *.pem *.keyfile")
                .lines()
                .filter(line -> !line.contains("-----") && !line.startsWith("jwt-public"))
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    String value = line.substring(colon + 1).replaceFirst("^k1:", "");
                    secrets.merge(
                            line.substring(0, colon),
                            value,
                            (one, other) -> one.length() >= other.length() ? one : other);
                });
        return secrets;
    }

    /// What a program prints that runs once in the container of init.
    String once(String... words) {
        return onceWith(Map.of(), words);
    }

    /// As [#once], with settings changed.
    String onceWith(Map<String, String> settings, String... words) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--no-deps", "-T"));
        settings.forEach((name, value) -> all.addAll(List.of("-e", name + "=" + value)));
        all.addAll(List.of("--entrypoint", words[0], "init"));
        all.addAll(Arrays.asList(words).subList(1, words.length));
        return compose(all.toArray(String[]::new));
    }

    /// Runs that many containers of some parts from now on, and returns when they are healthy.
    void scale(Map<String, Integer> counts) {
        scale.putAll(counts);
        up();
    }

    /// The containers of a part.
    List<String> containers(String service) {
        return compose("ps", "-q", service).lines().filter(id -> !id.isBlank()).toList();
    }

    JsonObject inspect(String service) {
        return Docker.inspect(containers(service).getFirst());
    }

    String logs(String service) {
        return compose("logs", "--no-color", service);
    }

    /// Takes every container away, leaves the volumes, and starts anew.
    void restart() {
        compose(START, "down");
        up();
    }

    void up() {
        List<String> all = new ArrayList<>(List.of("up", "--detach", "--no-build"));
        scale.forEach((service, count) -> all.addAll(List.of("--scale", service + "=" + count)));
        compose(START, all.toArray(String[]::new));
        awaitHealthy();
    }

    @Override
    public void heal() {
        if (!isHealthy()) {
            up();
        }
    }

    /// Waits until the front door answers.
    void awaitAnswer() {
        Awaitility.await("an answer of /health").atMost(Duration.ofMinutes(1)).until(this::isHealthy);
    }

    private void awaitHealthy() {
        Awaitility.await("every container healthy, and so says /health")
                .atMost(START)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> isHealthy() && SERVICES.stream().allMatch(this::isHealthy));
    }

    private boolean isHealthy(String service) {
        List<String> containers = containers(service);
        return containers.size() == scale.getOrDefault(service, 1)
                && containers.stream()
                        .allMatch(id -> Docker.run("inspect", "-f", "{{.State.Health.Status}}", id)
                                .equals("healthy"));
    }

    private boolean isHealthy() {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(address().rest().resolve("/health"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Nobody answers yet.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String compose(String... words) {
        return compose(Duration.ofMinutes(3), words);
    }

    private String compose(Duration limit, String... words) {
        List<String> all = new ArrayList<>(List.of(COMPOSE.split(" ")));
        all.addAll(files);
        all.addAll(List.of(words));
        return new Command(all, variables, limit).run();
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "storm",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificate authority can't be read: " + pem, e);
        }
    }

    /// Keeps what the containers said, and takes everything down.
    @Override
    public void close() {
        try {
            Path folder = Files.createDirectories(Installation.root().resolve("storm-ear/target/e2e/containers"));
            Files.writeString(folder.resolve("containers.log"), compose("logs", "--no-color", "--timestamps"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            compose(START, "down", "--volumes", "--remove-orphans");
        }
    }
}
