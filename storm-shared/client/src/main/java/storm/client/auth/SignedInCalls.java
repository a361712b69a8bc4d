package storm.client.auth;

import storm.client.http.Answer;
import storm.client.http.RestCall;
import storm.client.http.RestTransport;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Calls in the name of the signed-in user. An access token that is no longer taken is renewed, and the call made
/// once more: a refused call had no effect.
public final class SignedInCalls {
    private final RestTransport transport;
    private final Tokens tokens;

    public SignedInCalls(RestTransport transport, Tokens tokens) {
        this.transport = transport;
        this.tokens = tokens;
    }

    public Answer call(RestCall call) {
        String access = tokens.access();
        try {
            return transport.call(call, access);
        } catch (StormException e) {
            if (!isTokenRefused(e.code())) {
                throw e;
            }
            return transport.call(call, tokens.newerThan(access));
        }
    }

    public <T> T call(RestCall call, Class<T> type) {
        return call(call).as(type);
    }

    private static boolean isTokenRefused(ErrorCode code) {
        return code == ErrorCode.TOKEN_EXPIRED || code == ErrorCode.TOKEN_INVALID || code == ErrorCode.TOKEN_REVOKED;
    }
}
