package storm.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static void refused(Map<String, String> settings, String sentence) {
        assertThatExceptionOfType(BadSettingException.class)
                .isThrownBy(() -> TokenConfig.from(Settings.of(settings)))
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("my secret", "-----secret"));
    }
}
