package storm.protocol.auth;

/// What a sign-in gives: a JWT for 15 minutes and a single-use refresh token for 7 days.
///
/// @param expiresIn seconds until the access token expires
public record AuthTokens(String accessToken, String refreshToken, long expiresIn) {
    @Override
    public String toString() {
        return "AuthTokens[masked]";
    }
}
