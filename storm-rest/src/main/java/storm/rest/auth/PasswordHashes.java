package storm.rest.auth;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.BcryptFunction;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import storm.protocol.errors.StormException;

/// Hashes passwords with Argon2id (RFC 9106; 19 MiB, 2 passes, 1 lane, as OWASP advises), and still verifies the
/// bcrypt hashes of the original Storm.
///
/// A hash costs tens of milliseconds of a core and 19 MiB: so few run at a time, a bounded number waits, and more
/// are refused, lest a burst of logins takes the server from everybody else.
@Singleton
public class PasswordHashes {
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 64;

    private final Semaphore running;
    private final AtomicInteger waiting = new AtomicInteger();
    private final String nobodysHash;

    @Inject
    public PasswordHashes() {
        this(Math.clamp(Runtime.getRuntime().availableProcessors() - 1L, 1, 4));
    }

    PasswordHashes(int atATime) {
        this.running = new Semaphore(atATime, true);
        this.nobodysHash = argon2("a password that nobody has");
    }

    /// @throws StormException SERVICE_UNAVAILABLE if too many wait already
    public String hash(String password) {
        return bounded(() -> argon2(password));
    }

    /// Runs a check of passwords within the bound. Inside, [#matches] may be called.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if too many wait already
    <T> T bounded(Supplier<T> check) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw busy();
        }
        boolean mine = false;
        try {
            mine = running.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!mine) {
                throw busy();
            }
            return check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            waiting.decrementAndGet();
            if (mine) {
                running.release();
            }
        }
    }

    /// Compares in the same time whether or not they match.
    boolean matches(String password, String hash) {
        try {
            return hash.startsWith("$argon2")
                    ? Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash))
                    : Password.check(password, hash).with(BcryptFunction.getInstanceFromHash(hash));
        } catch (BadParametersException _) {
            // A hash of a kind nobody knows matches no password.
            return false;
        }
    }

    /// Spends the time of a comparison, for an account that does not exist.
    void matchNobody(String password) {
        matches(password, nobodysHash);
    }

    /// Whether a hash should be replaced by a stronger one when its password is at hand.
    boolean isOutdated(String hash) {
        return !hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    private static String argon2(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult();
    }

    private static StormException busy() {
        return StormException.unavailable("password check", Duration.ofSeconds(2), null);
    }
}
