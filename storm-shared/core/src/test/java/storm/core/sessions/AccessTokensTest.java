package storm.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final UserId ANN = new UserId("00000000000000000000000a");
    private static final SessionId SESSION = new SessionId("11111111-2222-3333-4444-555555555555");
    private static final TestKeys KEYS = TestKeys.make();

    private final AccessTokens tokens = tokensAt(NOW);

    private static AccessTokens tokensAt(Instant now) {
        return new AccessTokens(KEYS.pair(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private String token() {
        return tokens.sign(ANN, Role.MODERATOR, SESSION, NOW).token();
    }

    @Test
    void signedTokenTellsWhoWhatAndWhen() {
        Verified verified = tokens.verify(token());

        assertThat(verified.userId()).isEqualTo(ANN);
        assertThat(verified.role()).isEqualTo(Role.MODERATOR);
        assertThat(verified.sessionId()).isEqualTo(SESSION);
        assertThat(verified.issuedAt()).isEqualTo(NOW);
        assertThat(verified.expiresAt()).isEqualTo(Instant.parse("2026-03-01T12:15:00Z"));
    }

    @Test
    void tokenUnderAnRsaKeyIsVerifiedByItAndByNoOther() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        AccessTokens rsa = new AccessTokens(TestKeys.makeRsa(2048).pair(), clock);
        String token = rsa.sign(ANN, Role.MODERATOR, SESSION, NOW).token();

        assertThat(rsa.verify(token).userId()).isEqualTo(ANN);
        assertThat(rsa.publishedKeys()).asString().contains("RS256").doesNotContain("\"d\"");
        for (AccessTokens other :
                List.of(tokens, new AccessTokens(TestKeys.makeRsa(2048).pair(), clock))) {
            assertThatExceptionOfType(StormException.class)
                    .isThrownBy(() -> other.verify(token))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_INVALID));
        }
    }

    @Test
    void tokenCarriesTheClaimsOfTheContract() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token()).getJWTClaimsSet();

        assertThat(claims.getClaims())
                .containsKeys("iss", "aud", "sub", "upn", "groups", "role", "sid", "jti", "iat", "exp", "iat_ms");
        assertThat(claims.getStringListClaim("groups")).containsExactly("moderator");
    }

    @Test
    void publicKeyAloneVerifiesAndCannotSign() {
        AccessTokens gateway =
                new AccessTokens(TokenKeys.ofPair(null, KEYS.publicPem()), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(gateway.verify(token()).userId()).isEqualTo(ANN);
        assertThatIllegalStateException().isThrownBy(() -> gateway.sign(ANN, Role.MEMBER, SESSION, NOW));
    }

    @Test
    void tokenIsExpiredFromItsLastSecondOn() {
        String token = token();

        assertThat(tokensAt(Instant.parse("2026-03-01T12:14:59.999Z"))
                        .verify(token)
                        .userId())
                .isEqualTo(ANN);
        refused(tokensAt(Instant.parse("2026-03-01T12:15:00Z")), token, ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    void tokenFromTheFutureIsInvalid() {
        refused(tokensAt(NOW.minus(Duration.ofSeconds(6))), token(), ErrorCode.TOKEN_INVALID);
    }

    @Test
    void tokenOfAnotherKeyIsInvalid() {
        String foreign = new AccessTokens(TestKeys.make().pair(), Clock.fixed(NOW, ZoneOffset.UTC))
                .sign(ANN, Role.ADMIN, SESSION, NOW)
                .token();

        refused(tokens, foreign, ErrorCode.TOKEN_INVALID);
    }

    @Test
    void unsignedTokenIsInvalid() throws Exception {
        String unsigned = new PlainJWT(SignedJWT.parse(token()).getJWTClaimsSet()).serialize();

        refused(tokens, unsigned, ErrorCode.TOKEN_INVALID);
    }

    @Test
    void publicKeyIsNoSharedSecret() throws Exception {
        SignedJWT forged = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256), SignedJWT.parse(token()).getJWTClaimsSet());
        forged.sign(new MACSigner(KEYS.publicPem().getBytes(StandardCharsets.UTF_8)));

        refused(tokens, forged.serialize(), ErrorCode.TOKEN_INVALID);
    }

    @Test
    void tokenForAnotherAudienceIsInvalid() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(SignedJWT.parse(token()).getJWTClaimsSet())
                .audience("elsewhere")
                .build();
        SignedJWT signed = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
        signed.sign(KEYS.pair().signer().orElseThrow());

        refused(tokens, signed.serialize(), ErrorCode.TOKEN_INVALID);
    }

    @Test
    void tokenWithoutSessionIsInvalid() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("storm")
                .audience("storm")
                .subject(ANN.value())
                .claim("groups", List.of("admin"))
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
        SignedJWT signed = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
        signed.sign(KEYS.pair().signer().orElseThrow());

        refused(tokens, signed.serialize(), ErrorCode.TOKEN_INVALID);
    }

    @Test
    void garbageIsInvalid() {
        for (String garbage : List.of("", ".", "a.b.c", "x".repeat(10_000), token() + "x", "..")) {
            refused(tokens, garbage, ErrorCode.TOKEN_INVALID);
        }
    }

    @Test
    void sharedSecretSignsAsTheOriginalDid() {
        TokenKeys secret = TokenKeys.ofSecret("ab".repeat(64));
        AccessTokens shared = new AccessTokens(secret, Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(shared.verify(shared.sign(ANN, Role.MEMBER, SESSION, NOW).token())
                        .userId())
                .isEqualTo(ANN);
        refused(shared, token(), ErrorCode.TOKEN_INVALID);
        assertThat(shared.publishedKeys().get("keys"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    private static void refused(AccessTokens tokens, String token, ErrorCode code) {
        assertThatExceptionOfType(StormException.class)
                .isThrownBy(() -> tokens.verify(token))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
