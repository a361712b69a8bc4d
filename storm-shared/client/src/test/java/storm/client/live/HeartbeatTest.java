package storm.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = Long.MAX_VALUE - 5 * SECOND;

    private final Heartbeat heartbeat = new Heartbeat(LiveSettings.STANDARD, BEGIN);

    private static long after(long seconds) {
        return BEGIN + seconds * SECOND;
    }

    @Test
    void serverThatNeverSpeaksIsDead() {
        assertThat(heartbeat.isDead(after(10))).isFalse();
        assertThat(heartbeat.isDead(after(11))).isTrue();
    }

    @Test
    void quietAfterFramesIsAskedAboutOnce() {
        heartbeat.heard(after(1), after(1));
        assertThat(heartbeat.isDue(after(2))).isFalse();
        assertThat(heartbeat.isDue(after(3))).isTrue();

        heartbeat.sent(after(3));
        heartbeat.heard(after(4), after(1));

        assertThat(heartbeat.isDue(after(20))).isFalse();
        assertThat(heartbeat.isDue(after(33))).isTrue();
    }

    @Test
    void busyConnectionIsAskedAtEveryInterval() {
        heartbeat.heard(after(29), after(29));

        assertThat(heartbeat.isDue(after(30))).isTrue();
    }

    @Test
    void unansweredPingMeansDead() {
        heartbeat.heard(after(1), after(1));
        heartbeat.sent(after(3));

        assertThat(heartbeat.isDead(after(13))).isFalse();
        assertThat(heartbeat.isDead(after(14))).isTrue();
        assertThat(heartbeat.isDue(after(14))).isFalse();
    }
}
