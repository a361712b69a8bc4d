package storm.rest.auth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.Revocations;
import storm.core.sessions.SessionBroadcast;
import storm.core.sessions.SessionsRevoked;
import storm.protocol.auth.AuthTokens;
import storm.protocol.auth.Session;
import storm.protocol.auth.Sessions;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.rest.access.Caller;
import storm.rest.http.RequestContext;
import storm.rest.http.RestMetrics;
import storm.store.sessions.Rotation;
import storm.store.sessions.SessionStore;
import storm.store.sessions.StoredSession;
import storm.store.users.Account;
import storm.store.users.UserStore;

/// The life of sessions: begun by a login, carried on by refreshes, ended here.
///
/// To end one takes three steps, in this order: the refresh tokens go from the database, the access tokens are
/// revoked in Redis, the gateways are told. Each may be repeated.
@Singleton
public class SessionService {
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(7);

    private final UserStore users;
    private final SessionStore sessions;
    private final AccessTokens tokens;
    private final Revocations revocations;
    private final SessionBroadcast broadcast;
    private final RestMetrics metrics;
    private final Clock clock;

    @Inject
    public SessionService(
            UserStore users,
            SessionStore sessions,
            AccessTokens tokens,
            Revocations revocations,
            SessionBroadcast broadcast,
            RestMetrics metrics,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.revocations = revocations;
        this.broadcast = broadcast;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Now, to the millisecond, as the database and the tokens keep it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Begins a session.
    ///
    /// @param readAt taken before the account was read
    AuthTokens begin(Account account, Instant readAt) {
        RequestContext request = RequestContext.current();
        String refreshToken = Secrets.random();
        StoredSession session = new StoredSession(
                new SessionId(UUID.randomUUID().toString()),
                account.id(),
                account.credentialVersion(),
                readAt,
                readAt,
                readAt.plus(REFRESH_LIFETIME),
                request.address(),
                request.userAgent());
        sessions.insert(session, Secrets.sha256(refreshToken));
        request.user().set(account.id());
        return tokens(account, session.id(), refreshToken, readAt);
    }

    /// Carries a session on under a new refresh token.
    ///
    /// @throws StormException UNAUTHORIZED, or TOKEN_REUSE_DETECTED, which ends every session of the user
    public AuthTokens refresh(String refreshToken) {
        Instant now = now();
        String successor = Secrets.random();
        Rotation rotation = sessions.rotate(
                Secrets.sha256(refreshToken), Secrets.sha256(successor), now, now.plus(REFRESH_LIFETIME));
        return switch (rotation) {
            case Rotation.Rotated(StoredSession session) -> carryOn(session, successor, now);
            case Rotation.Reused(UserId userId) -> {
                endAll(userId);
                metrics.count("refreshes", "reused");
                throw new StormException(
                        ErrorCode.TOKEN_REUSE_DETECTED, "the refresh token was used before; all sessions are ended");
            }
            case Rotation.Unknown _ -> throw refused();
        };
    }

    private AuthTokens carryOn(StoredSession session, String refreshToken, Instant now) {
        Account account = users.find(session.userId())
                .filter(found -> found.isActive() && found.credentialVersion() == session.credentialVersion())
                .orElse(null);
        if (account == null) {
            sessions.end(session.userId(), session.id());
            throw refused();
        }
        RequestContext.current().user().set(account.id());
        metrics.count("refreshes", "good");
        return tokens(account, session.id(), refreshToken, now);
    }

    private StormException refused() {
        metrics.count("refreshes", "refused");
        return new StormException(ErrorCode.UNAUTHORIZED, "the refresh token is not valid");
    }

    private AuthTokens tokens(Account account, SessionId session, String refreshToken, Instant issuedAt) {
        String accessToken =
                tokens.sign(account.id(), account.role(), session, issuedAt).token();
        return new AuthTokens(accessToken, refreshToken, AccessTokens.LIFETIME.toSeconds());
    }

    public Sessions list(Caller caller) {
        List<Session> shown = sessions.list(caller.userId(), now()).stream()
                .map(session -> new Session(
                        session.id(),
                        session.createdAt(),
                        session.lastUsedAt(),
                        session.address(),
                        session.userAgent(),
                        session.id().equals(caller.sessionId())))
                .toList();
        return new Sessions(shown);
    }

    /// Ends a session of the user. Ending one's own that is over already does no harm.
    ///
    /// @throws StormException NOT_FOUND
    public void end(UserId userId, SessionId sessionId) {
        if (sessions.find(userId, sessionId, now()).isEmpty()) {
            throw StormException.notFound("session");
        }
        endQuietly(userId, sessionId);
    }

    /// Ends a session whether or not it is still there.
    public void endQuietly(UserId userId, SessionId sessionId) {
        sessions.end(userId, sessionId);
        revoke(SessionsRevoked.one(userId, sessionId, now()));
    }

    /// Ends all sessions of a user and tells how many there were.
    public long endAll(UserId userId) {
        users.voidSessions(userId);
        long ended = sessions.endAll(userId, now());
        revokeTokens(userId);
        return ended;
    }

    /// Ends the others after a change of password has voided them all.
    void endOthers(Account changed, SessionId kept) {
        sessions.keep(kept, changed.credentialVersion());
        sessions.endOthers(changed.id(), kept, now());
        revoke(SessionsRevoked.others(changed.id(), kept, now()));
    }

    /// Revokes the access tokens of a user, issued up to now; refresh tokens stay good.
    public void revokeTokens(UserId userId) {
        revoke(SessionsRevoked.all(userId, now()));
    }

    private void revoke(SessionsRevoked revoked) {
        revocations.revoke(revoked);
        broadcast.publish(revoked);
        metrics.count("revocations", revoked.sessionId() == null ? "user" : "session");
    }
}
