package storm.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    private static Backoff backoff(double random) {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), always(random));
    }

    @Test
    void waitsDoubleUpToTheMaximum() {
        Backoff backoff = backoff(0.5);

        for (long millis : new long[] {500, 1000, 2000, 4000, 8000, 16000, 30000, 30000}) {
            assertThat(backoff.next()).isEqualTo(Duration.ofMillis(millis));
        }
    }

    @Test
    void waitsVaryByThirtyPercent() {
        assertThat(backoff(0).next()).isEqualTo(Duration.ofMillis(350));
        assertThat(backoff(0.999999).next()).isBetween(Duration.ofMillis(649), Duration.ofMillis(650));
    }

    @Test
    void successBeginsAnew() {
        Backoff backoff = backoff(0.5);
        backoff.next();
        backoff.next();

        backoff.reset();

        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void longOutageStaysAtTheMaximum() {
        Backoff backoff = backoff(0.5);
        for (int i = 0; i < 1000; i++) {
            backoff.next();
        }

        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(30));
    }
}
