package storm.core.sessions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import storm.core.config.BadSettingException;
import storm.protocol.WireEnum;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

/// Signs and verifies access tokens: JWTs that live 15 minutes.
///
/// Claims: `iss, aud, sub, upn, groups, role, sid, jti, iat, exp`, and `iat_ms`, the time of issue in milliseconds.
/// MicroProfile JWT reads the same tokens. Thread-safe.
@Singleton
public class AccessTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(15);
    public static final String ISSUER = "storm";
    public static final String AUDIENCE = "storm";

    /// How far the clocks of two servers may be apart.
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final String ISSUED_AT_MS = "iat_ms";
    private static final int MAX_LENGTH = 4096;

    private final TokenKeys keys;
    private final Clock clock;
    private final JWSVerifier verifier;
    private final @Nullable JWSSigner signer;
    private final JWSHeader header;

    @Inject
    public AccessTokens(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        try {
            verifier = keys.verifier();
            signer = keys.signer().orElse(null);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the token keys must be of the curve P-256, or RSA keys", e);
        }
        header = new JWSHeader.Builder(keys.algorithm())
                .type(JOSEObjectType.JWT)
                .keyID(keys.published().map(JWK::getKeyID).orElse(null))
                .build();
    }

    /// Sees that this server can sign, which the one that signs people in asks when it starts.
    ///
    /// @throws BadSettingException if it has no private key
    public void mustSign() {
        if (signer == null) {
            throw new BadSettingException(TokenConfig.PRIVATE_KEY, "is missing", TokenConfig.PRIVATE_KEY_EXAMPLE);
        }
    }

    /// Signs a token for a user.
    ///
    /// @param issuedAt taken before the user's row was read
    /// @throws IllegalStateException where the private key is not at hand
    public SignedToken sign(UserId userId, Role role, SessionId sessionId, Instant issuedAt) {
        if (signer == null) {
            throw new IllegalStateException("this server verifies tokens and cannot sign them");
        }
        Instant expiresAt = issuedAt.plus(LIFETIME);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(userId.value())
                .claim("upn", userId.value())
                .claim("groups", List.of(role.wire()))
                .claim("role", role.wire())
                .claim("sid", sessionId.value())
                .claim(ISSUED_AT_MS, issuedAt.toEpochMilli())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(expiresAt))
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing failed", e);
        }
        return new SignedToken(jwt.serialize(), expiresAt);
    }

    /// Verifies signature, issuer, audience and times.
    ///
    /// @throws StormException TOKEN_EXPIRED or TOKEN_INVALID
    public Verified verify(String token) {
        if (token.length() > MAX_LENGTH) {
            throw invalid(null);
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!keys.algorithm().equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                throw invalid(null);
            }
            return read(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    /// Whether a token says so by more than clocks of two servers may differ. Such a one would outlive revocations.
    public static boolean isFromTheFuture(Instant issuedAt, Instant now) {
        return issuedAt.isAfter(now.plus(CLOCK_SKEW));
    }

    private Verified read(JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        Long issuedAtMs = claims.getLongClaim(ISSUED_AT_MS);
        String subject = claims.getSubject();
        String role = claims.getStringClaim("role");
        String session = claims.getStringClaim("sid");
        String jti = claims.getJWTID();
        if (!ISSUER.equals(claims.getIssuer())
                || !claims.getAudience().contains(AUDIENCE)
                || expires == null
                || issuedAtMs == null
                || subject == null
                || role == null
                || session == null
                || jti == null) {
            throw invalid(null);
        }
        Instant now = clock.instant();
        Instant issuedAt = Instant.ofEpochMilli(issuedAtMs);
        if (isFromTheFuture(issuedAt, now)) {
            throw invalid(null);
        }
        Instant expiresAt = expires.toInstant();
        if (!now.isBefore(expiresAt)) {
            throw new StormException(ErrorCode.TOKEN_EXPIRED, "the access token has expired");
        }
        try {
            return new Verified(
                    new UserId(subject),
                    WireEnum.of(Role.class, role),
                    new SessionId(session),
                    issuedAt,
                    expiresAt,
                    jti);
        } catch (StormException e) {
            throw invalid(e);
        }
    }

    /// The public keys as a JWK set (RFC 7517), empty of keys for a shared secret.
    public Map<String, Object> publishedKeys() {
        return new JWKSet(keys.published().<List<JWK>>map(List::of).orElse(List.of())).toJSONObject(true);
    }

    private static StormException invalid(@Nullable Throwable cause) {
        return new StormException(ErrorCode.TOKEN_INVALID, "the access token is not valid", cause);
    }
}
