package storm.core.redis;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import storm.protocol.errors.StormException;

/// Turns what Jedis throws into what Storm says: Redis is out of reach.
public final class RedisFaults {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /// Error replies that speak of the server's state, not of a wrong command.
    private static final Set<String> STATES = Set.of(
            "OOM", "LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "BUSY", "MISCONF", "NOREPLICAS", "TRYAGAIN");

    private RedisFaults() {}

    /// Runs a command.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach or can serve nobody now
    public static <T> T translated(Supplier<T> command) {
        try {
            return command.get();
        } catch (JedisException e) {
            throw translate(e);
        }
    }

    /// The exception to throw instead: a wrong command stays what it is, a fault of our own.
    public static RuntimeException translate(JedisException e) {
        if (e instanceof JedisDataException) {
            String message = String.valueOf(e.getMessage());
            String word = message.split(" ", 2)[0];
            // A script's error reply wraps the inner one, which tells its kind further on.
            if (!STATES.contains(word) && STATES.stream().noneMatch(state -> message.contains(state + " "))) {
                return e;
            }
        }
        return StormException.unavailable("Redis", RETRY_AFTER, e);
    }
}
