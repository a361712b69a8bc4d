package storm.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

class TokenConfigTest {
    private static final TestKeys KEYS = TestKeys.make();

    @Test
    void keysMayLieInFiles(@TempDir Path folder) throws Exception {
        Path privateKey = Files.writeString(folder.resolve("private.pem"), KEYS.privatePem());
        Path publicKey = Files.writeString(folder.resolve("public.pem"), KEYS.publicPem());

        TokenKeys keys = TokenConfig.from(Settings.of(
                Map.of("storm.jwt.private.key", privateKey.toString(), "storm.jwt.public.key", publicKey.toString())));

        assertThat(keys.algorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(keys.signer()).isPresent();
    }

    @Test
    void rsaKeysSignWithRs256() throws Exception {
        TestKeys rsa = TestKeys.makeRsa(2048);
        Map<String, String> settings =
                Map.of("storm.jwt.private.key", rsa.privatePem(), "storm.jwt.public.key", rsa.publicPem());

        TokenKeys keys = TokenConfig.from(Settings.of(with(settings, "storm.jwt.algorithm", "RS256")));

        assertThat(keys.algorithm()).isEqualTo(JWSAlgorithm.RS256);
        assertThat(keys.signer()).isPresent();
        refused(settings, "STORM_JWT_ALGORITHM is ES256, and the public key is for RS256");
    }

    @Test
    void weakRsaKeyIsRefused() {
        TestKeys weak = TestKeys.makeRsa(1024);
        refused(
                Map.of("storm.jwt.algorithm", "RS256", "storm.jwt.public.key", weak.publicPem()),
                "STORM_JWT_PUBLIC_KEY must have at least 2048 bits");
    }

    @Test
    void keysOfTwoKindsAreRefused() {
        refused(
                Map.of(
                        "storm.jwt.algorithm", "RS256",
                        "storm.jwt.private.key", KEYS.privatePem(),
                        "storm.jwt.public.key", TestKeys.makeRsa(2048).publicPem()),
                "STORM_JWT_PRIVATE_KEY the private key does not belong to the public key");
    }

    @Test
    void sharedSecretIsUsedWhereTheAlgorithmSaysSo() {
        TokenKeys keys = TokenConfig.from(
                Settings.of(Map.of("storm.jwt.algorithm", "HS256", "storm.jwt.secret", "0f".repeat(64))));

        assertThat(keys.algorithm()).isEqualTo(JWSAlgorithm.HS256);
    }

    @Test
    void missingKeyNamesTheVariable() {
        refused(Map.of(), "STORM_JWT_PUBLIC_KEY is missing");
    }

    @Test
    void keysThatDoNotBelongTogetherAreRefused() {
        refused(
                Map.of(
                        "storm.jwt.private.key", TestKeys.make().privatePem(),
                        "storm.jwt.public.key", KEYS.publicPem()),
                "STORM_JWT_PRIVATE_KEY");
    }

    @Test
    void malformedKeyIsNotRepeated() {
        refused(Map.of("storm.jwt.public.key", "-----BEGIN PUBLIC KEY-----secret"), "STORM_JWT_PUBLIC_KEY must");
        refused(
                Map.of("storm.jwt.algorithm", "HS256", "storm.jwt.secret", "my secret"),
                "STORM_JWT_SECRET must have at least 64 hex digits");
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    private static void refused(Map<String, String> settings, String sentence) {
        assertThatExceptionOfType(BadSettingException.class)
                .isThrownBy(() -> TokenConfig.from(Settings.of(settings)))
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("my secret", "-----secret"));
    }
}
