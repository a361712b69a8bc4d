package storm.core.signals;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import redis.clients.jedis.UnifiedJedis;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.UserId;

/// Tells one user something on all connections, wherever they are: a receipt, a message that failed.
///
/// Redis: topic `storm:users`, message `<userId>:<sealed frame>`. Who is not connected is not told. Thread-safe.
@Singleton
public class UserSignals {
    private final UnifiedJedis redis;
    private final TransportCipher cipher;

    /// A signal as it arrives; `sealed` is for [#open].
    public record Signal(UserId userId, String sealed) {}

    @Inject
    public UserSignals(UnifiedJedis redis, TransportCipher cipher) {
        this.redis = redis;
        this.cipher = cipher;
    }

    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public void publish(UserId userId, ServerEvent event) {
        String message = message(userId, event);
        RedisFaults.translated(() -> redis.publish(Keys.USERS, message));
    }

    /// What [#publish] publishes, for a script that does it together with what it tells of.
    public String message(UserId userId, ServerEvent event) {
        return userId.value() + ":"
                + cipher.seal(context(userId), ServerFrame.unasked(event).encode());
    }

    /// Reads whom a message of the topic is for.
    ///
    /// @throws storm.protocol.errors.StormException VALIDATION_ERROR if it is none
    public static Signal parse(String message) {
        int colon = message.indexOf(':');
        return new Signal(new UserId(message.substring(0, Math.max(0, colon))), message.substring(colon + 1));
    }

    /// The finished frame of a signal.
    ///
    /// @throws BrokenSealException if it was not sealed with this installation's key for this user
    public String open(Signal signal) {
        return cipher.openText(context(signal.userId()), signal.sealed());
    }

    private static String context(UserId userId) {
        return "user|" + userId.value();
    }
}
