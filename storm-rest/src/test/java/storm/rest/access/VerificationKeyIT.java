package storm.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import storm.core.sessions.TokenKeys;

/// MicroProfile JWT verifies with the key that STORM_JWT_PUBLIC_KEY gives, in either form.
@ExtendWith(ArquillianExtension.class)
class VerificationKeyIT {
    private static final ECKey KEY = newKey();

    @Deployment(name = "text", testable = false)
    static WebArchive keyAsText() throws JOSEException {
        return probe("key-as-text.war", pem(KEY).replace("\n", "\\n"));
    }

    @Deployment(name = "path", testable = false)
    static WebArchive keyAsPath() throws IOException, JOSEException {
        java.nio.file.Path file =
                java.nio.file.Path.of("target", "verification-key-it.pem").toAbsolutePath();
        Files.writeString(file, pem(KEY));
        return probe("key-as-path.war", file.toString());
    }

    private static WebArchive probe(String name, String publicKey) {
        GenericArchive libraries =
                ShrinkWrap.createFromZipFile(GenericArchive.class, new File("target/storm-rest.war"));
        return ShrinkWrap.create(WebArchive.class, name)
                .merge(libraries, Filters.include("/WEB-INF/lib/(storm-protocol|nimbus-jose-jwt)-.*"))
                .addClasses(WhoAmIApplication.class, WhoAmI.class, VerificationKey.class)
                .addPackage(TokenKeys.class.getPackage())
                .addAsServiceProvider(ConfigSource.class, VerificationKey.class)
                .addAsResource(
                        new StringAsset("storm.jwt.public.key=" + publicKey),
                        "META-INF/microprofile-config.properties");
    }

    @Test
    void theKeyMayBeGivenAsText() throws Exception {
        assertThat(whoAmI("key-as-text", tokenBy(KEY)).body()).isEqualTo("ada");
        assertThat(whoAmI("key-as-text", tokenBy(newKey())).statusCode()).isEqualTo(401);
    }

    @Test
    void theKeyMayBeGivenAsPath() throws Exception {
        assertThat(whoAmI("key-as-path", tokenBy(KEY)).body()).isEqualTo("ada");
        assertThat(whoAmI("key-as-path", tokenBy(newKey())).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> whoAmI(String application, String token)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("it.http.port") + "/" + application + "/whoami");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String tokenBy(ECKey key) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256),
                new JWTClaimsSet.Builder()
                        .issuer("storm")
                        .audience("storm")
                        .subject("1")
                        .claim("upn", "ada")
                        .claim("groups", List.of("member"))
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(ECKey key) throws JOSEException {
        byte[] der = key.toECPublicKey().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
    }
}
