package storm.core.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.RedisConfig;
import storm.core.ratelimit.RateLimitConfig.Limit;
import storm.core.redis.Keys;
import storm.core.redis.RedisConnections;
import storm.core.sessions.Revocations;
import storm.core.sessions.SessionsRevoked;
import storm.core.sessions.Verified;
import storm.embedded.fixture.TestStores;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

class RateLimiterIT {
    private static final UnifiedJedis REDIS =
            new RedisConnections(RedisConfig.of(TestStores.shared().redisUrl())).client();
    private static final Limit HUNDRED = new Limit(100, Duration.ofHours(1));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:30Z"));
    private final RateLimiter limiter = new RateLimiter(REDIS, new MovedClock(now));
    private final String address = UUID.randomUUID().toString();

    @AfterAll
    static void close() {
        REDIS.close();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void callsAreCountedDownToTheLimit() {
        assertThat(limiter.address(address, HUNDRED).remaining()).isEqualTo(99);
        IntStream.range(0, 98).forEach(_ -> limiter.address(address, HUNDRED));
        Admission last = limiter.address(address, HUNDRED);
        Admission tooMany = limiter.address(address, HUNDRED);

        assertThat(last.admitted()).isTrue();
        assertThat(last.remaining()).isZero();
        assertThat(tooMany.admitted()).isFalse();
        assertThat(tooMany.reset()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(62));
    }

    @Test
    void windowSlides() {
        IntStream.range(0, 50).forEach(_ -> limiter.address(address, HUNDRED));
        pass(Duration.ofMinutes(40));
        IntStream.range(0, 50).forEach(_ -> limiter.address(address, HUNDRED));
        assertThat(limiter.address(address, HUNDRED).admitted()).isFalse();

        pass(Duration.ofMinutes(19));
        assertThat(limiter.address(address, HUNDRED).admitted())
                .as("59 minutes after the first")
                .isFalse();

        pass(Duration.ofMinutes(2));
        Admission first = limiter.address(address, HUNDRED);
        assertThat(first.admitted()).as("61 minutes after the first").isTrue();
        assertThat(first.remaining()).as("the second half still counts").isEqualTo(49);

        pass(Duration.ofMinutes(40));
        assertThat(limiter.address(address, HUNDRED).remaining()).isEqualTo(98);
    }

    @Test
    void waitingAsToldIsEnough() {
        IntStream.range(0, 100).forEach(_ -> limiter.address(address, HUNDRED));
        pass(limiter.address(address, HUNDRED).reset());

        assertThat(limiter.address(address, HUNDRED).admitted()).isTrue();
    }

    @Test
    void noMoreThanTheLimitGetThroughAtOnce() {
        AtomicInteger admitted = new AtomicInteger();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                threads.execute(() -> {
                    if (limiter.address(address, HUNDRED).admitted()) {
                        admitted.incrementAndGet();
                    }
                });
            }
        }

        assertThat(admitted).hasValue(100);
    }

    @Test
    void revokedTokenIsRefusedInTheSameRoundTripAndNotCounted() {
        UserId user = new UserId(UUID.randomUUID().toString().replace("-", "").substring(0, 24));
        SessionId session = new SessionId(UUID.randomUUID().toString());
        Verified token =
                new Verified(user, Role.MEMBER, session, now.get(), now.get().plusSeconds(900), "jti");
        assertThat(limiter.user(token, HUNDRED).remaining()).isEqualTo(99);
        new Revocations(REDIS).revoke(SessionsRevoked.others(user, session, now.get()));
        assertThat(limiter.user(token, HUNDRED).remaining()).isEqualTo(98);

        new Revocations(REDIS).revoke(SessionsRevoked.all(user, now.get()));

        assertThatExceptionOfType(StormException.class)
                .isThrownBy(() -> limiter.user(token, HUNDRED))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_REVOKED));
        Verified renewed = new Verified(user, Role.MEMBER, session, now.get().plusMillis(1), token.expiresAt(), "jti");
        assertThat(limiter.user(renewed, HUNDRED).remaining()).isEqualTo(97);
    }

    @Test
    void successfulLoginForgetsFailures() {
        Limit ten = new Limit(10, Duration.ofMinutes(15));
        IntStream.range(0, 9).forEach(_ -> limiter.login(address, ten));
        limiter.loginSucceeded(address);

        assertThat(limiter.login(address, ten).remaining()).isEqualTo(9);
    }

    @Test
    void countIsForgottenAfterTheWindow() {
        limiter.address(address, HUNDRED);

        assertThat(REDIS.pttl(Keys.addressRate(address))).isBetween(3_600_000L, 3_800_000L);
    }

    /// A clock that the test moves.
    private static final class MovedClock extends Clock {
        private final AtomicReference<Instant> now;

        MovedClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
