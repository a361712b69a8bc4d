package storm.core.ratelimit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import storm.core.ratelimit.RateLimitConfig.Limit;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisFaults;
import storm.core.sessions.Verified;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Sliding windows in Redis, shared by all servers.
///
/// A window is counted in 60 slots: a hash of slot number to calls, so that a limit of 10,000 costs no more memory
/// than one of 100. The slot at the window's far edge counts in full: in no window of that length are more calls
/// admitted than the limit, and a call leaves the count at most one slot late.
///
/// Redis: hashes `storm:rate:{address}`, `storm:user:{id}:rate`, `storm:login:{hash}`, kept for a window; reads
/// `storm:user:{id}:revoked` in the same round trip.
@Singleton
public class RateLimiter {
    private static final LuaScript ADMIT = LuaScript.named("admit");
    private static final int SLOTS = 60;

    private final UnifiedJedis redis;
    private final Clock clock;

    @Inject
    public RateLimiter(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// Counts a call from a client address.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public Admission address(String address, Limit limit) {
        return admit(List.of(Keys.addressRate(address)), limit, List.of());
    }

    /// Counts a call under a token, unless that token is revoked.
    ///
    /// @throws StormException TOKEN_REVOKED, or SERVICE_UNAVAILABLE
    public Admission user(Verified token, Limit limit) {
        return admit(
                List.of(Keys.userRate(token.userId()), Keys.revoked(token.userId())),
                limit,
                List.of(
                        String.valueOf(token.issuedAt().toEpochMilli()),
                        token.sessionId().value()));
    }

    /// Counts an attempt to sign in to an account as if it failed; [#loginSucceeded] takes it back.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public Admission login(String emailHash, Limit limit) {
        return admit(List.of(Keys.login(emailHash)), limit, List.of());
    }

    /// Forgets the failures of an account.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void loginSucceeded(String emailHash) {
        RedisFaults.translated(() -> redis.del(Keys.login(emailHash)));
    }

    private Admission admit(List<String> keys, Limit limit, List<String> token) {
        List<String> args = new ArrayList<>();
        args.add(String.valueOf(clock.millis()));
        args.add(String.valueOf(limit.window().toMillis() / SLOTS));
        args.add(String.valueOf(SLOTS));
        args.add(String.valueOf(limit.calls()));
        args.addAll(token);
        List<?> answer = (List<?>) ADMIT.run(redis, keys, args);
        if (number(answer, 3) == 1) {
            throw new StormException(ErrorCode.TOKEN_REVOKED, "the session was ended");
        }
        return new Admission(
                number(answer, 0) == 1, limit.calls(), (int) number(answer, 1), Duration.ofMillis(number(answer, 2)));
    }

    private static long number(List<?> answer, int index) {
        return (Long) answer.get(index);
    }
}
