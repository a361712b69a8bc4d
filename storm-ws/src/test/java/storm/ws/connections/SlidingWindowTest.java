package storm.ws.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    private static final long START = 1_900_000_000_000L;

    @Test
    void theLimitIsReachedAndFreedAfterAMinute() {
        SlidingWindow window = new SlidingWindow(3);

        assertThat(window.tryAdd(START)).isTrue();
        assertThat(window.tryAdd(START + 10_000)).isTrue();
        assertThat(window.tryAdd(START + 20_000)).isTrue();
        assertThat(window.tryAdd(START + 30_000)).isFalse();
        assertThat(window.retryAfter(START + 30_000)).isEqualTo(31);
        assertThat(window.tryAdd(START + 60_000)).isFalse();
        assertThat(window.tryAdd(START + 61_000)).isTrue();
        assertThat(window.tryAdd(START + 61_000)).isFalse();
    }

    @Test
    void noMinuteSeesMoreThanTheLimit() {
        SlidingWindow window = new SlidingWindow(60);
        Random random = new Random(7);
        List<Long> taken = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(2_000);
            if (window.tryAdd(now)) {
                taken.add(now);
            }
        }

        for (int i = 60; i < taken.size(); i++) {
            assertThat(taken.get(i) - taken.get(i - 60)).isGreaterThanOrEqualTo(60_000);
        }
        assertThat(taken).hasSizeGreaterThan(5_000);
    }

    @Test
    void afterTheTimeItTellsThereIsRoom() {
        SlidingWindow window = new SlidingWindow(2);
        window.tryAdd(START + 400);
        window.tryAdd(START + 5_900);

        int retryAfter = window.retryAfter(START + 7_000);

        assertThat(window.tryAdd(START + 7_000 + retryAfter * 1_000L - 1_000)).isFalse();
        assertThat(window.tryAdd(START + 7_000 + retryAfter * 1_000L)).isTrue();
    }

    @Test
    void aClockThatStepsBackFreesNothing() {
        SlidingWindow window = new SlidingWindow(1);
        window.tryAdd(START);

        assertThat(window.tryAdd(START - 120_000)).isFalse();
        assertThat(window.tryAdd(START + 61_000)).isTrue();
    }
}
