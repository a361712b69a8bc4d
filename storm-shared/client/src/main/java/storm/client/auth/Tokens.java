package storm.client.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storm.client.http.RestCall;
import storm.client.http.RestTransport;
import storm.protocol.auth.AuthTokens;
import storm.protocol.auth.RefreshRequest;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// The tokens of one signed-in user, in memory alone, and their silent renewal.
///
/// Thread-safe. A refresh token is good for one use, so one thread refreshes and the others wait for what it gets.
public final class Tokens {
    private record Held(String access, String refresh, Instant expiresAt) {}

    private final RestTransport transport;
    private final Clock clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Held held;
    private volatile Consumer<StormException> whenEnded = _ -> {};

    public Tokens(RestTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /// Calls back, on the thread that finds out, when the server ends the session: from then on nobody is signed in.
    public void whenEnded(Consumer<StormException> callback) {
        whenEnded = callback;
    }

    public boolean isSignedIn() {
        return held != null;
    }

    /// The access token for the next call.
    ///
    /// @throws StormException UNAUTHORIZED if nobody is signed in
    public String access() {
        return signedIn().access();
    }

    /// When the access token ends; empty if nobody is signed in.
    public Optional<Instant> accessEnds() {
        return Optional.ofNullable(held).map(Held::expiresAt);
    }

    /// An access token that is newer than the one given, got from the server unless another thread just did.
    ///
    /// @throws StormException UNAUTHORIZED or TOKEN_* if the session has ended, SERVICE_UNAVAILABLE if the server
    ///     cannot tell
    public String newerThan(String stale) {
        refreshing.lock();
        try {
            Held current = signedIn();
            if (!current.access().equals(stale)) {
                return current.access();
            }
            RestCall call = RestCall.post("/auth/refresh", new RefreshRequest(current.refresh()));
            hold(transport.call(call, null).as(AuthTokens.class));
            return access();
        } catch (StormException e) {
            if (endsSession(e.code()) && held != null) {
                forget();
                whenEnded.accept(e);
            }
            throw e;
        } finally {
            refreshing.unlock();
        }
    }

    void hold(AuthTokens tokens) {
        held = new Held(
                tokens.accessToken(), tokens.refreshToken(), clock.instant().plusSeconds(tokens.expiresIn()));
    }

    void forget() {
        held = null;
    }

    private Held signedIn() {
        Held current = held;
        if (current == null) {
            throw new StormException(ErrorCode.UNAUTHORIZED, "not signed in");
        }
        return current;
    }

    private static boolean endsSession(ErrorCode code) {
        return code.status() == ErrorCode.UNAUTHORIZED.status() || code.status() == ErrorCode.FORBIDDEN.status();
    }
}
