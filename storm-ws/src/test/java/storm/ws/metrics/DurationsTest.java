package storm.ws.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DurationsTest {
    private final Durations durations = new Durations();

    @Test
    void nothingCountedIsNothing() {
        assertThat(durations.count()).isZero();
        assertThat(durations.quantileSeconds(0.99)).isZero();
    }

    @Test
    void quantilesAreTheNextPowerOfTwoOfAMicrosecond() {
        for (int i = 0; i < 99; i++) {
            durations.record(900_000); // 0.9 ms
        }
        durations.record(3_000_000_000L);

        assertThat(durations.count()).isEqualTo(100);
        assertThat(durations.totalSeconds()).isCloseTo(3.0891, within(1e-6));
        assertThat(durations.quantileSeconds(0.5)).isEqualTo(0.001024);
        assertThat(durations.quantileSeconds(0.99)).isEqualTo(0.001024);
        assertThat(durations.quantileSeconds(1)).isEqualTo(4.194304);
    }

    @Test
    void theExtremesHaveTheirPlacesToo() {
        durations.record(-5);
        durations.record(Long.MAX_VALUE);

        assertThat(durations.count()).isEqualTo(2);
        assertThat(durations.quantileSeconds(0.5)).isEqualTo(0.000001);
    }
}
