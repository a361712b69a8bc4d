package storm.core.sessions;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

/// Reads the token keys: STORM_JWT_PRIVATE_KEY and STORM_JWT_PUBLIC_KEY (PEM or path), or STORM_JWT_SECRET where
/// STORM_JWT_ALGORITHM is HS256. It is ES256 by default, RS256 for RSA keys.
@Singleton
public class TokenConfig {
    private static final String ALGORITHM = "storm.jwt.algorithm";
    static final String PRIVATE_KEY = "storm.jwt.private.key";
    static final String PRIVATE_KEY_EXAMPLE = "/etc/storm/jwt-private.pem";
    private static final String PUBLIC_KEY = "storm.jwt.public.key";
    private static final String SECRET = "storm.jwt.secret";

    @Produces
    @Singleton
    TokenKeys keys(Settings settings) {
        return from(settings);
    }

    public static TokenKeys from(Settings settings) {
        String algorithm = settings.text(ALGORITHM, "ES256", List.of("ES256", "RS256", "HS256"));
        if (algorithm.equals("HS256")) {
            String secret = settings.text(SECRET, "<128 hex digits, as from: openssl rand -hex 64>");
            return naming(SECRET, "<128 hex digits, as from: openssl rand -hex 64>", () -> TokenKeys.ofSecret(secret));
        }
        String publicKey = settings.text(PUBLIC_KEY, "/etc/storm/jwt-public.pem");
        String privateKey = settings.find(PRIVATE_KEY).orElse(null);
        TokenKeys verifying = naming(PUBLIC_KEY, "/etc/storm/jwt-public.pem", () -> TokenKeys.ofPair(null, publicKey));
        String own = verifying.algorithm().getName();
        if (!own.equals(algorithm)) {
            throw new BadSettingException(ALGORITHM, "is " + algorithm + ", and the public key is for " + own, own);
        }
        return naming(PRIVATE_KEY, PRIVATE_KEY_EXAMPLE, () -> TokenKeys.ofPair(privateKey, publicKey));
    }

    private static TokenKeys naming(String property, String example, Supplier<TokenKeys> keys) {
        try {
            return keys.get();
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(property, String.valueOf(e.getMessage()), example);
        }
    }
}
