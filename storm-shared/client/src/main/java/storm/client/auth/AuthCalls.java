package storm.client.auth;

import java.util.List;
import storm.client.http.RestCall;
import storm.client.http.RestTransport;
import storm.protocol.auth.AuthTokens;
import storm.protocol.auth.LoginRequest;
import storm.protocol.auth.RegisterRequest;
import storm.protocol.auth.Revoked;
import storm.protocol.auth.Session;
import storm.protocol.auth.Sessions;
import storm.protocol.auth.WsTicket;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;

/// Registering, signing in and out, and the user's own sessions.
public final class AuthCalls {
    private final RestTransport transport;
    private final SignedInCalls calls;
    private final Tokens tokens;

    public AuthCalls(RestTransport transport, SignedInCalls calls, Tokens tokens) {
        this.transport = transport;
        this.calls = calls;
        this.tokens = tokens;
    }

    /// Makes an account and signs in with it.
    public void register(String username, String email, String password) {
        RestCall call = RestCall.post("/auth/register", new RegisterRequest(username, email, password));
        tokens.hold(transport.call(call, null).as(AuthTokens.class));
    }

    public void login(String email, String password) {
        RestCall call = RestCall.post("/auth/login", new LoginRequest(email, password));
        tokens.hold(transport.call(call, null).as(AuthTokens.class));
    }

    /// Signs in with tokens that another client got.
    public void adopt(AuthTokens given) {
        tokens.hold(given);
    }

    /// Renews the access token now, whether it has to be or not.
    public void refresh() {
        tokens.newerThan(tokens.access());
    }

    /// Ends this session. The tokens are forgotten even if the server cannot be told.
    public void logout() {
        try {
            calls.call(RestCall.post("/auth/logout", null));
        } finally {
            tokens.forget();
        }
    }

    /// Ends every session of the user and tells how many there were.
    public long logoutAll() {
        try {
            return calls.call(RestCall.post("/auth/logout-all", null), Revoked.class)
                    .revoked();
        } finally {
            tokens.forget();
        }
    }

    public List<Session> sessions() {
        return calls.call(RestCall.get("/auth/sessions"), Sessions.class).sessions();
    }

    public void endSession(SessionId id) {
        calls.call(RestCall.delete("/auth/sessions/" + id));
    }

    /// A ticket that opens one WebSocket within its few seconds.
    ///
    /// @throws StormException NOT_FOUND from a server that has none
    public WsTicket ticket() {
        return calls.call(RestCall.post("/auth/ws-ticket", null), WsTicket.class);
    }
}
