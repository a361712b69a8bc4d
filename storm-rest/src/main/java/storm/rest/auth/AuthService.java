package storm.rest.auth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import storm.core.ratelimit.Admission;
import storm.core.ratelimit.RateLimiter;
import storm.protocol.auth.AuthTokens;
import storm.protocol.auth.LoginRequest;
import storm.protocol.auth.RegisterRequest;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.users.ChangePasswordRequest;
import storm.protocol.users.Role;
import storm.rest.access.Caller;
import storm.rest.http.RestConfig;
import storm.rest.http.RestMetrics;
import storm.store.users.Account;
import storm.store.users.NewAccount;
import storm.store.users.UserStore;

/// Signs people up and in by password.
@Singleton
public class AuthService {
    private final UserStore users;
    private final PasswordHashes hashes;
    private final SessionService sessions;
    private final RateLimiter limiter;
    private final RestConfig config;
    private final RestMetrics metrics;

    @Inject
    public AuthService(
            UserStore users,
            PasswordHashes hashes,
            SessionService sessions,
            RateLimiter limiter,
            RestConfig config,
            RestMetrics metrics) {
        this.users = users;
        this.hashes = hashes;
        this.sessions = sessions;
        this.limiter = limiter;
        this.config = config;
        this.metrics = metrics;
    }

    /// @throws StormException CONFLICT if username or e-mail is taken
    public AuthTokens register(RegisterRequest request) {
        String hash = hashes.hash(request.password());
        Instant now = sessions.now();
        Account account =
                users.insert(new NewAccount(request.username(), lowerCase(request.email()), hash, Role.MEMBER));
        metrics.count("registrations", "good");
        return sessions.begin(account, now);
    }

    /// @throws StormException UNAUTHORIZED, in the same words and time for a wrong password and an unknown e-mail;
    ///     RATE_LIMIT_EXCEEDED after too many failures
    public AuthTokens login(LoginRequest request) {
        String email = lowerCase(request.email());
        return hashes.bounded(() -> login(email, request.password()));
    }

    private AuthTokens login(String email, String password) {
        String emailHash = Secrets.sha256(email);
        Admission admission = limiter.login(emailHash, config.limits().loginFailures());
        if (!admission.admitted()) {
            metrics.count("logins", "limited");
            throw new StormException(
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "too many failed logins to this account",
                    Map.of(),
                    admission.reset(),
                    null);
        }
        Instant readAt = sessions.now();
        Optional<Account> account = users.findByEmail(email);
        if (account.isEmpty()) {
            hashes.matchNobody(password);
            throw refused();
        }
        Account found = account.get();
        if (!hashes.matches(password, found.passwordHash()) || !found.isActive()) {
            throw refused();
        }
        limiter.loginSucceeded(emailHash);
        if (hashes.isOutdated(found.passwordHash())) {
            users.rehash(found.id(), found.passwordHash(), hashes.rehashed(password));
        }
        metrics.count("logins", "good");
        return sessions.begin(found, readAt);
    }

    private StormException refused() {
        metrics.count("logins", "refused");
        return new StormException(ErrorCode.UNAUTHORIZED, "wrong e-mail or password");
    }

    /// Changes the caller's password and ends every other session.
    ///
    /// @throws StormException UNAUTHORIZED if the current password is wrong, CONFLICT if it was changed meanwhile
    public void changePassword(Caller caller, ChangePasswordRequest request) {
        Account account = users.find(caller.userId())
                .filter(Account::isActive)
                .orElseThrow(() -> new StormException(ErrorCode.TOKEN_REVOKED, "the session was ended"));
        String newHash = hashes.bounded(() -> {
            String guesses = Secrets.sha256("password of " + caller.userId());
            Admission admission = limiter.login(guesses, config.limits().loginFailures());
            if (!admission.admitted()) {
                throw new StormException(
                        ErrorCode.RATE_LIMIT_EXCEEDED, "too many wrong passwords", Map.of(), admission.reset(), null);
            }
            if (!hashes.matches(request.currentPassword(), account.passwordHash())) {
                throw new StormException(ErrorCode.UNAUTHORIZED, "the current password is wrong");
            }
            limiter.loginSucceeded(guesses);
            return hashes.rehashed(request.newPassword());
        });
        Account changed = users.changePassword(account.id(), account.passwordHash(), newHash)
                .orElseThrow(() -> new StormException(ErrorCode.CONFLICT, "the password was changed meanwhile"));
        sessions.endOthers(changed, caller.sessionId());
    }

    public static String lowerCase(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
