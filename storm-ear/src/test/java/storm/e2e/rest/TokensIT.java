package storm.e2e.rest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.core.sessions.TokenKeys;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.protocol.errors.ErrorCode;

/// Access tokens that must open nothing. What they say of it in the logs is looked at as well: none may be quoted.
class TokensIT extends RestTest {
    TokensIT(Storm storm) {
        super(storm);
    }

    /// Ann's claims, changed.
    private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) throws ParseException {
        JWTClaimsSet anns = SignedJWT.parse(cast().ann().token()).getJWTClaimsSet();
        return change.apply(new JWTClaimsSet.Builder(anns)).build();
    }

    private JWSSigner stormsOwn() throws JOSEException {
        return TokenKeys.ofPair(
                        storm.secrets().jwtPrivateKey().toString(),
                        storm.secrets().jwtPublicKey().toString())
                .signer()
                .orElseThrow();
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(signer);
        return token.serialize();
    }

    private void mustBeRefused(String token, ErrorCode code) {
        Words.keep(token);
        refused(stranger().withToken(token).get("/users/me"), code);
        refused(stranger().withToken(token).post("/auth/logout", "{}"), code);
    }

    @Test
    @Row("UNAUTHORIZED")
    void withoutATokenNothingBehindTheDoorAnswers() {
        refused(stranger().get("/users/me"), ErrorCode.UNAUTHORIZED);
        for (String header : List.of("", "Bearer", "Basic YW5uOnBhc3N3b3Jk", "Digest x", "Token abc")) {
            refused(
                    stranger().call("GET", "/users/me", null, List.of("Authorization", header)),
                    ErrorCode.UNAUTHORIZED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", "..", "eyJ.eyJ.sig", "%00", "null"})
    @Row("TOKEN_INVALID")
    void malformedTokensAreInvalid(String token) {
        refused(stranger().withToken(token).get("/users/me"), ErrorCode.TOKEN_INVALID);
    }

    @Test
    @Row("TOKEN_EXPIRED")
    void anExpiredTokenIsExpired() throws Exception {
        Instant now = Clock.systemUTC().instant();
        mustBeRefused(
                signed(
                        claims(c -> c.issueTime(Date.from(now.minusSeconds(901)))
                                .claim("iat_ms", now.minusSeconds(901).toEpochMilli())
                                .expirationTime(Date.from(now.minusSeconds(1)))),
                        JWSAlgorithm.ES256,
                        stormsOwn()),
                ErrorCode.TOKEN_EXPIRED);
        mustBeRefused(
                signed(
                        claims(c -> c.issueTime(Date.from(now.minusSeconds(90_000)))
                                .claim("iat_ms", now.minusSeconds(90_000).toEpochMilli())
                                .expirationTime(Date.from(now.minusSeconds(86_400)))),
                        JWSAlgorithm.ES256,
                        stormsOwn()),
                ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    @Row("TOKEN_INVALID")
    void aStrangersSignatureIsInvalid() throws Exception {
        JWSSigner strange = new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate());
        mustBeRefused(signed(claims(c -> c), JWSAlgorithm.ES256, strange), ErrorCode.TOKEN_INVALID);
        String anns = cast().ann().token();
        String admins = cast().admin().token();
        // Claims of one, signature of the other.
        mustBeRefused(
                admins.substring(0, admins.lastIndexOf('.')) + "." + anns.substring(anns.lastIndexOf('.') + 1),
                ErrorCode.TOKEN_INVALID);
    }

    @Test
    @Row("TOKEN_INVALID")
    void anUnsignedTokenIsInvalid() throws Exception {
        String unsigned = new PlainJWT(claims(c -> c)).serialize();
        refused(stranger().withToken(unsigned).get("/users/me"), ErrorCode.TOKEN_INVALID);
    }

    @Test
    @Row("TOKEN_INVALID")
    void thePublicKeyIsNoSharedSecret() throws Exception {
        byte[] publicKey = Files.readAllBytes(storm.secrets().jwtPublicKey());
        mustBeRefused(signed(claims(c -> c), JWSAlgorithm.HS256, new MACSigner(publicKey)), ErrorCode.TOKEN_INVALID);
    }

    @Test
    @Row("TOKEN_INVALID")
    void claimsOfAnotherKindAreInvalid() throws Exception {
        Instant now = Clock.systemUTC().instant();
        List<JWTClaimsSet> wrong = List.of(
                claims(c -> c.issuer("somebody")),
                claims(c -> c.audience("another")),
                claims(c -> c.subject("nobody")),
                claims(c -> c.claim("role", "emperor")),
                claims(c -> c.claim("role", null)),
                claims(c -> c.claim("sid", null)),
                claims(c -> c.claim("iat_ms", null)),
                claims(c -> c.claim("iat_ms", now.plusSeconds(3600).toEpochMilli())));
        for (JWTClaimsSet each : wrong) {
            mustBeRefused(signed(each, JWSAlgorithm.ES256, stormsOwn()), ErrorCode.TOKEN_INVALID);
        }
    }

    @Test
    @Row("TOKEN_INVALID")
    void aBadTokenDoesNotHinderWhatIsPublic() {
        good(stranger().withToken("nonsense").get("/auth/jwks"), 200);
        good(stranger().withToken("a.b.c").post("/auth/login", credentials(cast().bob())), 200);
    }
}
