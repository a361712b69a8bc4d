package storm.ws.redis;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import storm.protocol.errors.StormException;

/// Lets only so many ask Redis or a worker at once; the others wait their turn, first come, first served.
///
/// Thousands of clients come at the same moment after a restart. Without turns they would all find the connection
/// pool empty and give up together. Those who come wait apart from those who are in. Thread-safe; callers are virtual
/// threads.
@Singleton
public class Turns {
    /// More would be no faster: verifying a signature keeps a core busy.
    public static final int CHECKS = 8;

    /// With the checks below the size of the connection pool, which others use too.
    private static final int COMMANDS = 32;

    /// A question holds no connection while its answer is awaited, but a place in the queue of the workers.
    private static final int QUESTIONS = 128;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Semaphore checks = new Semaphore(CHECKS, true);
    private final Semaphore commands = new Semaphore(COMMANDS, true);
    private final Semaphore questions = new Semaphore(QUESTIONS, true);

    @Inject
    public Turns() {}

    /// Checks who comes.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE also if there was no turn in time
    public <T> T check(Duration longest, Supplier<T> checking) {
        return taking(checks, longest, "Redis", checking);
    }

    /// Runs commands for Redis.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE also if there was no turn in time
    public <T> T command(Supplier<T> commanding) {
        return taking(commands, LONGEST_WAIT, "Redis", commanding);
    }

    /// Runs a question for a worker.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE also if there was no turn in time
    public <T> T question(Supplier<T> asking) {
        return taking(questions, LONGEST_WAIT, "worker", asking);
    }

    private static <T> T taking(Semaphore turns, Duration longest, String what, Supplier<T> work) {
        try {
            if (!turns.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw StormException.unavailable(what, RETRY_AFTER, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StormException.unavailable(what, RETRY_AFTER, e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
