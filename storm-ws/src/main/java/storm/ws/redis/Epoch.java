package storm.ws.redis;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;

/// The age of Redis's data: another value means that it began anew and what was kept is lost.
///
/// Redis: string `storm:epoch`, made by whoever finds none. Thread-safe.
@Singleton
public class Epoch {
    private final UnifiedJedis redis;
    private volatile String value = "";

    @Inject
    public Epoch(UnifiedJedis redis) {
        this.redis = redis;
    }

    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE if it was never read yet and Redis is out of
    ///     reach
    public String value() {
        if (value.isEmpty()) {
            hasChanged();
        }
        return value;
    }

    /// Reads it again; whether it is another than before.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public synchronized boolean hasChanged() {
        String now = RedisFaults.translated(() -> {
            redis.set(
                    Keys.EPOCH,
                    UUID.randomUUID().toString(),
                    SetParams.setParams().nx());
            return String.valueOf(redis.get(Keys.EPOCH));
        });
        String before = value;
        value = now;
        return !before.isEmpty() && !before.equals(now);
    }
}
