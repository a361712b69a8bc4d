package storm.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.protocol.json.Json;

/// What is in the images, and what is not.
@RunsInContainers
class ImagesIT {
    private static final String JRE = "eclipse-temurin:25.0.3_9-jre-noble";
    private static final String ALL = "-type f -o -xdev -type l";
    private static final String SETUID = "-type f -perm /6000";
    private static final String INIT = "debian:12.12-slim";
    /// How a private key on P-256 begins in PKCS 8 and base64.
    private static final String KEY_ON_P256 = "MIGHAgEAMBMGByqGSM49";

    @ParameterizedTest
    @ValueSource(strings = {"rest", "ws", "worker", "init"})
    void anImageHoldsNoSecretNoSourceNoBuildAndNoRoot(String part) {
        String image = "storm-" + part + ":latest";
        JsonObject inspection = Docker.inspect(image);
        JsonObject config = inspection.getJsonObject("Config");
        String base = part.equals("init") ? INIT : JRE;

        System.out.printf(
                "Image %s: %d MB, of these %d MB on top of %s%n",
                image, megabytes(image), megabytes(image) - megabytes(base), base);
        assertThat(config.getString("User")).isEqualTo("10001:10001");
        assertThat(config.getJsonObject("Labels"))
                .containsKeys(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.licenses");
        assertThat(config.getJsonArray("Env").toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("password", "secret=", "token");

        // What the base image brought is the base's; everything else must be one of these.
        Set<String> ours = new HashSet<>(files(image, ALL));
        ours.removeAll(files(base, ALL));
        assertThat(ours)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file)
                        .doesNotMatch(".*\\.(java|pem|key|p12|jks|deb|gradle)$")
                        .doesNotMatch(".*/\\.(git|env)[^/]*$")
                        .doesNotMatch(".*/(pom\\.xml|mvnw|mvn|javac|\\.m2|\\.npm|\\.git|src)(/.*)?$")
                        .doesNotMatch("/(root|home/[^/]+|run/storm)/\\.cache(/.*)?$")
                        .doesNotMatch("/var/(cache/apt|lib/apt/lists)/.+"));
        // Libraries have the words, and one a key, among their constants, which the AOT cache keeps as they are.
        // Storm's own keys, of which the build has some to throw away, are all on one curve and begin alike.
        assertThat(run(
                        image,
                        "grep -rlE --exclude=server.aot -e '-----BEGIN [A-Z ]*PRIVATE KEY' -e " + KEY_ON_P256
                                + " /opt/storm /run /home /root /tmp /etc; grep -la " + KEY_ON_P256
                                + " /opt/storm/learnt/server.aot 2>/dev/null || true"))
                .isEmpty();
        assertThat(files(base, SETUID)).as("programs that run as somebody else").containsAll(files(image, SETUID));
        assertThat(run(image, "find /opt/storm -writable -user 10001"))
                .as("files that the server may change")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "ws", "worker"})
    void anImageSaysWhatItIsMadeOf(String part) {
        JsonObject bom = Json.readObject(run("storm-" + part + ":latest", "cat /opt/storm/sbom.json"));

        assertThat(bom.getString("bomFormat")).isEqualTo("CycloneDX");
        List<String> names = bom.getJsonArray("components").stream()
                .map(component -> component.asJsonObject().getString("name"))
                .toList();
        assertThat(names).contains("storm-core", "jedis", "nimbus-jose-jwt");
        if (part.equals("ws")) {
            assertThat(names).doesNotContain("mongodb-driver-sync", "storm-store");
        }
    }

    private static long megabytes(String image) {
        return Docker.inspect(image).getJsonNumber("Size").longValue() / 1_000_000;
    }

    private static List<String> files(String image, String which) {
        return run(image, "find / -xdev " + which).lines().toList();
    }

    /// As root, who sees everything.
    private static String run(String image, String script) {
        return Docker.run(
                "run", "--rm", "--network", "none", "--user", "0:0", "--entrypoint", "sh", image, "-c", script);
    }
}
