package storm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

class StoreCallsTest {
    private static final ServerAddress SERVER = new ServerAddress("127.0.0.1", 27017);
    private static final WriteConcernError NO_MAJORITY =
            new WriteConcernError(64, "WriteConcernFailed", "waiting for replication timed out", new BsonDocument());

    static Stream<MongoException> outages() {
        return Stream.of(
                new MongoTimeoutException("no server"),
                new MongoSocketReadTimeoutException("no answer", SERVER, new java.net.SocketTimeoutException()),
                new MongoNodeIsRecoveringException(new BsonDocument(), SERVER),
                new MongoWriteConcernException(NO_MAJORITY, null, SERVER, Set.of()),
                bulk(List.of(), NO_MAJORITY),
                command(91, "ShutdownInProgress"),
                command(14031, "OutOfDiskSpace"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whatSpeaksOfTheServersStateIsAnOutage(MongoException e) {
        assertThatThrownBy(() -> StoreCalls.reaching(() -> {
                    throw e;
                }))
                .isInstanceOfSatisfying(
                        StormException.class,
                        storm -> assertThat(storm.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    static Stream<MongoException> faults() {
        BulkWriteError duplicate = new BulkWriteError(11000, "duplicate key", new BsonDocument(), 0);
        return Stream.of(bulk(List.of(duplicate), null), command(2, "BadValue"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatSpeaksAgainstTheCommandStaysAsItIs(MongoException e) {
        assertThat(catchThrowable(() -> StoreCalls.reaching(() -> {
                    throw e;
                })))
                .isSameAs(e);
    }

    @Test
    void resultsPass() {
        assertThat(StoreCalls.reaching(() -> 7)).isEqualTo(7);
    }

    private static MongoBulkWriteException bulk(List<BulkWriteError> errors, @Nullable WriteConcernError concern) {
        return new MongoBulkWriteException(BulkWriteResult.unacknowledged(), errors, concern, SERVER, Set.of());
    }

    private static MongoCommandException command(int code, String name) {
        BsonDocument answer = new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name));
        return new MongoCommandException(answer, SERVER);
    }
}
