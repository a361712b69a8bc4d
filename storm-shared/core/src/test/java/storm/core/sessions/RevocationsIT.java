package storm.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.RedisConfig;
import storm.core.redis.Keys;
import storm.core.redis.RedisConnections;
import storm.embedded.fixture.TestStores;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

class RevocationsIT {
    private static final UnifiedJedis REDIS =
            new RedisConnections(RedisConfig.of(TestStores.shared().redisUrl())).client();
    private static final Instant T = Instant.parse("2026-03-01T12:00:00.500Z");

    private final Revocations revocations = new Revocations(REDIS);
    private final UserId user =
            new UserId(UUID.randomUUID().toString().replace("-", "").substring(0, 24));
    private final SessionId session = new SessionId(UUID.randomUUID().toString());

    @AfterAll
    static void close() {
        REDIS.close();
    }

    private Verified token(SessionId of, Instant issuedAt) {
        return new Verified(user, Role.MEMBER, of, issuedAt, issuedAt.plusSeconds(900), "jti");
    }

    @Test
    void tokenIsGoodUntilItIsRevoked() {
        assertThat(revocations.isRevoked(token(session, T))).isFalse();

        revocations.revoke(SessionsRevoked.one(user, session, T));

        assertThatExceptionOfType(StormException.class)
                .isThrownBy(() -> revocations.check(token(session, T)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_REVOKED));
    }

    @Test
    void endOfOneSessionLeavesTheOthers() {
        revocations.revoke(SessionsRevoked.one(user, session, T));

        assertThat(revocations.isRevoked(token(other(), T))).isFalse();
    }

    @Test
    void revokingAllCountsToTheMillisecond() {
        revocations.revoke(SessionsRevoked.all(user, T));

        assertThat(revocations.isRevoked(token(session, T))).isTrue();
        assertThat(revocations.isRevoked(token(session, T.plusMillis(1)))).isFalse();
    }

    @Test
    void keptSessionOutlivesTheOthers() {
        revocations.revoke(SessionsRevoked.others(user, session, T));

        assertThat(revocations.isRevoked(token(session, T))).isFalse();
        assertThat(revocations.isRevoked(token(other(), T))).isTrue();
        assertThat(revocations.isRevoked(token(other(), T.plusMillis(1)))).isFalse();
    }

    @Test
    void revocationIsForgottenOnceNoTokenCanBeThatOld() {
        revocations.revoke(SessionsRevoked.all(user, T));

        assertThat(REDIS.pttl(Keys.revoked(user))).isBetween(900_000L, 960_000L);
    }

    @Test
    void broadcastConcernsTheSameTokens() {
        SessionsRevoked others =
                SessionBroadcast.parse(storm.protocol.json.Json.write(SessionsRevoked.others(user, session, T)));

        assertThat(others.concerns(token(session, T))).isFalse();
        assertThat(others.concerns(token(other(), T))).isTrue();
        assertThat(SessionsRevoked.one(user, session, T).concerns(token(other(), T)))
                .isFalse();
        assertThat(SessionsRevoked.all(user, T).concerns(token(session, T.plusMillis(1))))
                .isFalse();
    }

    @Test
    void ticketOpensOnce() {
        WsTickets tickets = new WsTickets(REDIS);
        Verified token = token(session, T);
        String ticket = tickets.issue(token);

        assertThat(tickets.redeem(ticket)).contains(token);
        assertThat(tickets.redeem(ticket)).isEmpty();
        assertThat(tickets.redeem("nonsense")).isEmpty();
        assertThat(REDIS.keys("*" + ticket + "*")).isEmpty();
    }

    private static SessionId other() {
        return new SessionId(UUID.randomUUID().toString());
    }
}
