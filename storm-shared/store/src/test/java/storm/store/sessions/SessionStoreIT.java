package storm.store.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.store.TestDatabase;

class SessionStoreIT {
    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00.123Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(7));

    private final TestDatabase mongo = new TestDatabase();
    private final SessionStore sessions = SessionStore.in(mongo.database());
    private final UserId user = new UserId(new ObjectId().toHexString());

    @BeforeEach
    void createIndexes() {
        sessions.createIndexes();
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    private SessionId session(String token) {
        SessionId id = new SessionId(UUID.randomUUID().toString());
        sessions.insert(new StoredSession(id, user, 1, NOW, NOW, LATER, "127.0.0.1", "test"), token);
        return id;
    }

    @Test
    void sessionMovesFromTokenToToken() {
        SessionId id = session("t1");

        assertThat(sessions.rotate("t1", "t2", NOW.plusSeconds(5), LATER))
                .isInstanceOfSatisfying(
                        Rotation.Rotated.class,
                        rotated -> assertThat(rotated.session().id()).isEqualTo(id));
        assertThat(sessions.rotate("t2", "t3", NOW, LATER)).isInstanceOf(Rotation.Rotated.class);
        assertThat(sessions.list(user, NOW)).hasSize(1);
    }

    @RepeatedTest(50)
    void ofRacingRefreshesOneWinsAndTheOthersAreFoundOut() {
        session("t1");
        List<Callable<Rotation>> calls = IntStream.range(0, 8)
                .<Callable<Rotation>>mapToObj(i -> () -> sessions.rotate("t1", "next" + i, NOW, LATER))
                .toList();

        List<Rotation> results = TestDatabase.race(calls);

        assertThat(results).filteredOn(Rotation.Rotated.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Rotation.Reused.class::isInstance).hasSize(7);
        assertThat(sessions.list(user, NOW)).hasSize(1);
    }

    @RepeatedTest(50)
    void sessionThatEndsDuringARefreshIsOver() {
        SessionId id = session("t1");

        TestDatabase.race(
                List.<Callable<Object>>of(() -> sessions.rotate("t1", "t2", NOW, LATER), () -> sessions.end(user, id)));

        assertThat(sessions.list(user, NOW)).isEmpty();
        assertThat(sessions.rotate("t2", "t3", NOW, LATER)).isNotInstanceOf(Rotation.Rotated.class);
    }

    @Test
    void everyEarlierTokenIsKnownAsUsed() {
        session("t1");
        sessions.rotate("t1", "t2", NOW, LATER);
        sessions.rotate("t2", "t3", NOW, LATER);

        assertThat(sessions.rotate("t1", "x", NOW, LATER)).isEqualTo(new Rotation.Reused(user));
        assertThat(sessions.rotate("t2", "x", NOW, LATER)).isEqualTo(new Rotation.Reused(user));
    }

    @Test
    void expiredAndForeignTokensAreUnknown() {
        session("t1");

        assertThat(sessions.rotate("t1", "t2", LATER, LATER.plusSeconds(1))).isEqualTo(new Rotation.Unknown());
        assertThat(sessions.rotate("t9", "t2", NOW, LATER)).isEqualTo(new Rotation.Unknown());
    }

    @Test
    void othersEndAndOneIsKept() {
        SessionId kept = session("t1");
        session("t2");
        session("t3");

        assertThat(sessions.endOthers(user, kept, NOW)).isEqualTo(2);
        assertThat(sessions.list(user, NOW)).extracting(StoredSession::id).containsExactly(kept);
        assertThat(sessions.endAll(user, NOW)).isEqualTo(1);
        assertThat(sessions.list(user, NOW)).isEmpty();
    }

    @Test
    void expiredRowsAreRemoved() {
        session("t1");
        sessions.rotate("t1", "t2", NOW, LATER);

        assertThat(sessions.removeExpired(LATER)).isEqualTo(2);
    }
}
