package storm.core.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Gives CDI the settings that rest, ws and worker share. What one of them alone needs, it produces itself.
@Singleton
public class ConfigProducer {
    @Produces
    @Singleton
    Settings settings() {
        return Settings.ofProcess();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RedisConfig redis(Settings settings) {
        return RedisConfig.from(settings);
    }

    @Produces
    @Singleton
    TransportConfig transport(Settings settings) {
        return TransportConfig.from(settings);
    }

    @Produces
    @Singleton
    QueueConfig queue(Settings settings) {
        return QueueConfig.from(settings);
    }

    @Produces
    @Singleton
    ShutdownConfig shutdown(Settings settings) {
        return ShutdownConfig.from(settings);
    }
}
