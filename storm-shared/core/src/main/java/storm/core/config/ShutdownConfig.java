package storm.core.config;

import java.time.Duration;

/// How long a server may take to end in order before it is forced.
public record ShutdownConfig(Duration timeout) {
    public static ShutdownConfig from(Settings settings) {
        return new ShutdownConfig(settings.duration(
                "storm.shutdown.timeout", Duration.ofSeconds(25), Duration.ofSeconds(1), Duration.ofMinutes(10)));
    }
}
