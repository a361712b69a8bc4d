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
        String emailHash = Secrets.sha256(email);
        Instant readAt = sessions.now();
        // Read outside of the bound: while the database hangs nobody waits for another's turn.
        Optional<Account> account = users.findByEmail(email);
        boolean good = hashes.bounded(() -> {
            // Counted inside: who is turned away before the check has not failed it.
            countGuess(emailHash, "too many failed logins to this account");
            if (account.isEmpty()) {
                hashes.matchNobody(request.password());
                return false;
            }
            return hashes.matches(request.password(), account.get().passwordHash());
        });
        Account found = account.filter(each -> good && each.isActive()).orElseThrow(this::refused);
        limiter.loginSucceeded(emailHash);
        if (hashes.isOutdated(found.passwordHash())) {
            users.rehash(found.id(), found.passwordHash(), hashes.hash(request.password()));
        }
        metrics.count("logins", "good");
        return sessions.begin(found, readAt);
    }

    /// Counts a guess; [RateLimiter#loginSucceeded] forgives all.
    private void countGuess(String account, String sentence) {
        Admission admission = limiter.login(account, config.limits().loginFailures());
        if (!admission.admitted()) {
            metrics.count("logins", "limited");
            throw new StormException(ErrorCode.RATE_LIMIT_EXCEEDED, sentence, Map.of(), admission.reset(), null);
        }
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
        String guesses = Secrets.sha256("password of " + caller.userId());
        boolean good = hashes.bounded(() -> {
            countGuess(guesses, "too many wrong passwords");
            return hashes.matches(request.currentPassword(), account.passwordHash());
        });
        if (!good) {
            throw new StormException(ErrorCode.UNAUTHORIZED, "the current password is wrong");
        }
        limiter.loginSucceeded(guesses);
        String newHash = hashes.hash(request.newPassword());
        Account changed = users.changePassword(account.id(), account.passwordHash(), newHash)
                .orElseThrow(() -> new StormException(ErrorCode.CONFLICT, "the password was changed meanwhile"));
        sessions.endOthers(changed, caller.sessionId());
    }

    public static String lowerCase(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
