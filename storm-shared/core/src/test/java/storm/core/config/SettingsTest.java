package storm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void missingSettingNamesItsVariableAndAnExample() {
        assertThatThrownBy(() -> RedisConfig.from(Settings.of(Map.of())))
                .isInstanceOf(BadSettingException.class)
                .hasMessage("STORM_REDIS_URL is missing, for example STORM_REDIS_URL=redis://127.0.0.1:6379");
    }

    @Test
    void wrongSecretIsNotRepeated() {
        assertThatThrownBy(() -> TransportConfig.from(Settings.of(Map.of(TransportConfig.PROPERTY, "c0ffee"))))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_TRANSPORT_KEY must be 64 hex digits")
                .hasMessageNotContaining("c0ffee");
    }

    @Test
    void passwordsInUrlsAreNotRepeated() {
        assertThatThrownBy(() -> RedisConfig.of("redis://:s3cret@nowhere"))
                .isInstanceOf(BadSettingException.class)
                .hasMessageNotContaining("s3cret");
        assertThat(RedisConfig.of("redis://:s3cret@127.0.0.1:6379").toString()).doesNotContain("s3cret");
    }

    @Test
    void severalNodesAreACluster() {
        RedisConfig cluster = RedisConfig.of("rediss://a:7000,rediss://b:7001");
        assertThat(cluster.isCluster()).isTrue();
        assertThat(cluster.isTls()).isTrue();
        assertThat(RedisConfig.of("redis://a:7000").isCluster()).isFalse();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (String value : new String[] {"0", "1025", "many", "1.5"}) {
            Settings settings = Settings.of(Map.of("storm.queue.partitions", value));
            assertThatThrownBy(() -> QueueConfig.from(settings))
                    .hasMessage("STORM_QUEUE_PARTITIONS must be a whole number from 1 to 1024, for example"
                            + " STORM_QUEUE_PARTITIONS=16");
        }
    }

    @Test
    void emptyValueCountsAsNone() {
        assertThat(QueueConfig.from(Settings.of(Map.of("storm.queue.partitions", "  "))))
                .isEqualTo(QueueConfig.STANDARD);
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        assertThat(QueueConfig.STANDARD.backoff(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(QueueConfig.STANDARD.backoff(2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(QueueConfig.STANDARD.backoff(4)).isEqualTo(Duration.ofSeconds(16));
        assertThat(QueueConfig.STANDARD.backoff(5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(QueueConfig.STANDARD.backoff(1000)).isEqualTo(Duration.ofSeconds(30));
    }
}
