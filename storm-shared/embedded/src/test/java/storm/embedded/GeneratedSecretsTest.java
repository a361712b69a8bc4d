package storm.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedSecretsTest {

    @TempDir
    Path home;

    @Test
    void nobodyElseCanReadThem() throws IOException {
        Path folder = home.resolve("secrets");
        GeneratedSecrets.in(folder);

        assertThat(mode(folder)).isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void theyNeverChangeOnceMade() throws IOException {
        GeneratedSecrets first = GeneratedSecrets.in(home);
        Map<String, String> values = first.values();
        String key = Files.readString(first.jwtPrivateKey());

        GeneratedSecrets second = GeneratedSecrets.in(home);

        assertThat(second.values()).isEqualTo(values);
        assertThat(Files.readString(second.jwtPrivateKey())).isEqualTo(key);
    }

    @Test
    void aNewStorageKeyComesFirstAndOnlyOnceUntilTheOldOneIsDropped() throws IOException {
        GeneratedSecrets secrets = GeneratedSecrets.in(home);
        Map<String, String> before = secrets.values();
        String first = before.getOrDefault("STORM_MESSAGE_KEYS", "");

        assertThat(secrets.newMessageKey()).isEqualTo("k2");
        assertThat(secrets.newMessageKey()).isEqualTo("k2");

        String both = secrets.values().getOrDefault("STORM_MESSAGE_KEYS", "");
        assertThat(both).matches("k2:[0-9a-f]{64},k1:[0-9a-f]{64}").endsWith("," + first);
        assertThat(mode(home.resolve("secrets.env"))).isEqualTo("rw-------");

        assertThat(secrets.dropOldMessageKeys()).isEqualTo("k2");
        Map<String, String> after = secrets.values();
        assertThat(both).startsWith(after.get("STORM_MESSAGE_KEYS") + ",");
        assertThat(secrets.newMessageKey()).isEqualTo("k3");
        assertThat(after).containsOnlyKeys(before.keySet());
        before.remove("STORM_MESSAGE_KEYS");
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    void aMissingValueIsAddedAndTheOthersStay() throws IOException {
        Map<String, String> before = GeneratedSecrets.in(home).values();
        Path file = home.resolve("secrets.env");
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("STORM_LTPA_PASSWORD"))
                        .toList());

        Map<String, String> after = GeneratedSecrets.in(home).values();

        assertThat(after.get("STORM_LTPA_PASSWORD")).isNotNull().isNotEqualTo(before.get("STORM_LTPA_PASSWORD"));
        before.remove("STORM_LTPA_PASSWORD");
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    void theKeysHaveTheFormsThatServersTake() {
        Map<String, String> values = GeneratedSecrets.in(home).values();
        assertThat(values.get("STORM_MESSAGE_KEYS")).matches("k1:[0-9a-f]{64}");
        assertThat(values.get("STORM_TRANSPORT_KEY")).matches("[0-9a-f]{64}");
        assertThat(values.get("STORM_ADMIN_PASSWORD"))
                .hasSizeBetween(10, 72)
                .matches(".*[A-Z].*")
                .matches(".*[a-z].*")
                .matches(".*[0-9].*")
                .matches(".*[^A-Za-z0-9].*");
        assertThat(values.values()).allMatch(value -> value.matches("[A-Za-z0-9:@.-]+"));
    }

    @Test
    void whatThePrivateKeySignsThePublicKeyVerifies() throws Exception {
        GeneratedSecrets secrets = GeneratedSecrets.in(home);
        KeyFactory keys = KeyFactory.getInstance("EC");
        PrivateKey privateKey =
                keys.generatePrivate(new PKCS8EncodedKeySpec(der(secrets.jwtPrivateKey(), "PRIVATE KEY")));
        PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(der(secrets.jwtPublicKey(), "PUBLIC KEY")));
        byte[] text = "storm".getBytes(StandardCharsets.UTF_8);

        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(privateKey);
        signer.update(text);
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(publicKey);
        verifier.update(text);

        assertThat(verifier.verify(signer.sign())).isTrue();
    }

    @Test
    void aPrivateKeyWithoutItsPublicHalfIsAnError() throws IOException {
        GeneratedSecrets secrets = GeneratedSecrets.in(home);
        Files.delete(secrets.jwtPublicKey());
        assertThatThrownBy(() -> GeneratedSecrets.in(home)).hasMessageContaining("is missing beside");
    }

    private static byte[] der(Path file, String label) throws IOException {
        String pem = Files.readString(file);
        assertThat(pem).startsWith("-----BEGIN " + label + "-----\n").endsWith("-----END " + label + "-----\n");
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
