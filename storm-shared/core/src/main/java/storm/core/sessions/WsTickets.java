package storm.core.sessions;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.json.Json;

/// Single-use tickets that open one WebSocket in place of a token in the URL.
///
/// Redis: string `storm:ticket:<SHA-256 of the ticket, hex>`, value the token's claims as JSON, for 30 s. The
/// ticket itself is nowhere stored.
@Singleton
public class WsTickets {
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final int BYTES = 32;
    private static final int LENGTH = 43;

    private final UnifiedJedis redis;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public WsTickets(UnifiedJedis redis) {
        this.redis = redis;
    }

    /// A new ticket that stands for the token.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public String issue(Verified token) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        RedisFaults.translated(
                () -> redis.set(key(ticket), Json.write(token), new SetParams().px(LIFETIME.toMillis())));
        return ticket;
    }

    /// What the ticket stands for; it is worth nothing afterwards. Empty if it is unknown, used or too old. As with
    /// a token, whether the session was revoked since is a question to [Revocations].
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public Optional<Verified> redeem(String ticket) {
        if (ticket.length() != LENGTH) {
            return Optional.empty();
        }
        return Optional.ofNullable(RedisFaults.translated(() -> redis.getDel(key(ticket))))
                .map(json -> Json.read(json, Verified.class));
    }

    private static String key(String ticket) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
            return Keys.ticket(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
