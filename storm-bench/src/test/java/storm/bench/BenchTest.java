package storm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.MessageId;

class BenchTest {
    private static final MessageId ONE = new MessageId("00000000-0000-4000-8000-000000000001");
    private static final MessageId TWO = new MessageId("00000000-0000-4000-8000-000000000002");

    private final Measurements measurements = new Measurements(2);

    @Test
    void runIsSoundWhenEverybodyHearsEverythingOnceInOrder() {
        measurements.acked(measurements.sent(ONE));
        measurements.delivered(ONE, true, true);
        assertThat(measurements.allDelivered()).isFalse();
        measurements.delivered(ONE, true, true);

        assertThat(measurements.allDelivered()).isTrue();
        assertThat(measurements.result().isSound()).isTrue();
    }

    @Test
    void repeatsAndDisorderMakeARunUnsound() {
        measurements.acked(measurements.sent(ONE));
        measurements.delivered(ONE, true, true);
        measurements.delivered(ONE, true, false);
        measurements.delivered(ONE, false, false);

        Result result = measurements.result();

        assertThat(result.isSound()).isFalse();
        assertThat(result.repeated()).isEqualTo(1);
        assertThat(result.disordered()).isEqualTo(1);
    }

    @Test
    void refusedMessageIsNotExpected() {
        measurements.sent(TWO);
        measurements.refused(
                TWO, new CompletionException(new StormException(ErrorCode.RATE_LIMIT_EXCEEDED, "too many")));

        Result result = measurements.result();

        assertThat(result.refused()).containsEntry("RATE_LIMIT_EXCEEDED", 1L);
        assertThat(result.expected()).isZero();
    }

    @Test
    void everyNumberIsBounded() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--users", "1000000"), Map.of()))
                .isInstanceOf(StormException.class)
                .hasMessageContaining("--users");
        assertThat(BenchOptions.parse(List.of("--users", "25"), Map.of()).users())
                .isEqualTo(25);
    }
}
