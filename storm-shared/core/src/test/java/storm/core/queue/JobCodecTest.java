package storm.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.core.config.TransportConfig;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

class JobCodecTest {
    private static final MessageId MESSAGE = new MessageId("00000000-0000-4000-8000-000000000001");
    private static final ChannelId CHANNEL = new ChannelId("0123456789abcdef01234567");
    private static final UserId USER = new UserId("76543210fedcba9876543210");
    private static final Instant CLIENT = Instant.parse("2026-01-02T03:04:05.678901234Z");
    private static final Instant ACCEPTED = Instant.parse("2026-01-02T03:04:06.007Z");

    private final TransportCipher cipher =
            new TransportCipher(TransportConfig.ofHex("07".repeat(32)), Clock.systemUTC());
    private final JobCodec codec = new JobCodec(cipher);

    static Stream<Job> jobs() {
        return Stream.of(
                new Job.SendMessage(
                        MESSAGE, CHANNEL, USER, "gr\u00fc\u00dfe \ud83d\ude00\u0000", CLIENT, ACCEPTED, "r-1"),
                new Job.SendMessage(MESSAGE, CHANNEL, USER, "x".repeat(100_000), CLIENT, ACCEPTED, ""),
                new Job.EditMessage("job", MESSAGE, CHANNEL, USER, "new", ACCEPTED, "r-2"),
                new Job.DeleteMessage("job", MESSAGE, CHANNEL, USER, true, ACCEPTED, "r-3"),
                new Job.Probe("job", CHANNEL, "topic", ACCEPTED));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void everyJobComesBackAsItWas(Job job) {
        assertThat(codec.open(3, codec.seal(3, job))).isEqualTo(job);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void jobOfAnotherPartitionDoesNotOpen(Job job) {
        String sealed = codec.seal(3, job);
        assertThatThrownBy(() -> codec.open(4, sealed)).isInstanceOf(BrokenSealException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "s", "s{}", "p\u0000\u0003ab"})
    void whatIsNoJobIsInvalid(String text) {
        String sealed = cipher.seal("job|3", text);
        assertThatThrownBy(() -> codec.open(3, sealed)).isInstanceOf(StormException.class);
    }

    @Test
    void jobThatIsCutOffAnywhereIsInvalid() {
        byte[] whole = cipher.open("job|3", codec.seal(3, jobs().findFirst().orElseThrow()));
        assertThat(new String(whole, StandardCharsets.UTF_8)).startsWith("s");
        for (int length = 0; length < whole.length; length++) {
            String sealed = cipher.seal("job|3", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> codec.open(3, sealed)).isInstanceOf(StormException.class);
        }
    }
}
