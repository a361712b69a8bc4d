package storm.rest.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import storm.core.sessions.TokenKeys;

/// Tells MicroProfile JWT the public key, whichever form STORM_JWT_PUBLIC_KEY has.
///
/// MicroProfile JWT has one property for a key's text and another for its location; Storm has one variable for both.
public final class VerificationKey implements ConfigSource {
    private static final String NAME = "mp.jwt.verify.publickey";

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(NAME);
    }

    @Override
    public @Nullable String getValue(String name) {
        if (!name.equals(NAME)) {
            return null;
        }
        return ConfigProvider.getConfig()
                .getOptionalValue("storm.jwt.public.key", String.class)
                .flatMap(key -> TokenKeys.ofPair(null, key).published())
                .map(VerificationKey::pem)
                .orElse(null);
    }

    @Override
    public String getName() {
        return "STORM_JWT_PUBLIC_KEY as " + NAME;
    }

    private static String pem(JWK key) {
        try {
            String body = Base64.getEncoder()
                    .encodeToString(((AsymmetricJWK) key).toPublicKey().getEncoded());
            return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
        } catch (JOSEException e) {
            throw new IllegalArgumentException("STORM_JWT_PUBLIC_KEY is no public key", e);
        }
    }
}
