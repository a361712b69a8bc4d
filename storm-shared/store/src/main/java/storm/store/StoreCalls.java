package storm.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// The one place that turns the driver's exceptions into Storm's.
public final class StoreCalls {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /// Error codes that speak of the server's state, not of the command: HostUnreachable, WriteConcernFailed,
    /// NetworkTimeout, ShutdownInProgress, UnsatisfiableWriteConcern, PrimarySteppedDown, SocketException,
    /// InterruptedAtShutdown, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, OutOfDiskSpace.
    private static final Set<Integer> STATES = Set.of(6, 64, 89, 91, 100, 189, 9001, 11600, 11602, 13435, 14031);

    private StoreCalls() {}

    /// Runs a call to the database.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if the database is out of reach; other failures pass as they are
    public static <T> T reaching(Supplier<T> call) {
        try {
            return call.get();
        } catch (MongoException e) {
            throw isOutOfReach(e) ? StormException.unavailable("MongoDB", RETRY_AFTER, e) : e;
        }
    }

    /// Runs a write that a unique index may refuse.
    ///
    /// @throws StormException CONFLICT with that sentence, or SERVICE_UNAVAILABLE
    public static <T> T unlessTaken(String sentence, Supplier<T> write) {
        try {
            return reaching(write);
        } catch (MongoException e) {
            if (isDuplicateKey(e)) {
                throw new StormException(ErrorCode.CONFLICT, sentence, e);
            }
            throw e;
        }
    }

    public static boolean isDuplicateKey(MongoException e) {
        return e instanceof MongoWriteException write
                ? write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY
                : ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }

    private static boolean isOutOfReach(MongoException e) {
        return e instanceof MongoTimeoutException
                || e instanceof MongoSocketException
                || e instanceof MongoServerUnavailableException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoSecurityException
                || e instanceof MongoNodeIsRecoveringException
                || e instanceof MongoWriteConcernException
                || (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
                || e instanceof MongoClientException
                || STATES.contains(e.getCode())
                || ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.EXECUTION_TIMEOUT;
    }
}
