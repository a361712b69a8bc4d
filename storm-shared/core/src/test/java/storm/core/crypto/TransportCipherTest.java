package storm.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import storm.core.config.TransportConfig;

class TransportCipherTest {
    private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
    private static final String KEY = "00".repeat(31) + "01";

    private final TransportCipher cipher = cipher(KEY, NOON);

    @Test
    void sealedTextOpensInItsContext() {
        String sealed = cipher.seal("job|3", "grüße");
        assertThat(sealed).doesNotContain("gr").matches("[A-Za-z0-9_-]+");
        assertThat(cipher.openText("job|3", sealed)).isEqualTo("grüße");
    }

    @Test
    void sealOfYesterdayOpensToday() {
        String sealed = cipher.seal("job|3", "late");
        assertThat(cipher(KEY, NOON.plus(Duration.ofDays(1))).openText("job|3", sealed))
                .isEqualTo("late");
    }

    @Test
    void sealDoesNotOpenInAnotherContext() {
        String sealed = cipher.seal("job|3", "text");
        assertThatThrownBy(() -> cipher.openText("job|4", sealed)).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void sealDoesNotOpenWithAnotherKey() {
        String sealed = cipher.seal("job|3", "text");
        TransportCipher other = cipher("00".repeat(31) + "02", NOON);
        assertThatThrownBy(() -> other.openText("job|3", sealed)).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void manyThreadsSealAndOpenAtOnceAmongSealsThatDoNotOpen() throws Exception {
        String broken = cipher.seal("job|3", "text");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                String own = "text of thread " + t + " ";
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        assertThat(cipher.openText("job|3", cipher.seal("job|3", own + i)))
                                .isEqualTo(own + i);
                        assertThatThrownBy(() -> cipher.openText("job|4", broken))
                                .isInstanceOf(BrokenSealException.class);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    @Test
    void anyChangedCharacterBreaksTheSeal() {
        String sealed = cipher.seal("job|3", "text");
        for (int i = 0; i < sealed.length() - 1; i++) {
            char changed = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String broken = sealed.substring(0, i) + changed + sealed.substring(i + 1);
            assertThatThrownBy(() -> cipher.openText("job|3", broken)).isInstanceOf(BrokenSealException.class);
        }
        assertThatThrownBy(() -> cipher.openText("job|3", "")).isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> cipher.openText("job|3", "no base64!")).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void sameTextIsNeverSealedAlike() {
        Set<String> seals = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seals.add(cipher.seal("job|3", "text"));
        }
        assertThat(seals).hasSize(1000);
    }

    @Test
    void keyIsNotToldByToString() {
        assertThat(TransportConfig.ofHex(KEY).toString()).doesNotContain("01");
    }

    private static TransportCipher cipher(String key, Instant now) {
        return new TransportCipher(TransportConfig.ofHex(key), Clock.fixed(now, ZoneOffset.UTC));
    }
}
