package storm.core.sessions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of the access tokens: ES256 or RS256 with a key pair, or HS256 with a secret that all share.
///
/// With a key pair only the REST server holds the private half; the others verify and cannot sign.
public sealed interface TokenKeys {
    JWSAlgorithm algorithm();

    JWSVerifier verifier() throws JOSEException;

    /// Empty where the private key is not at hand.
    Optional<JWSSigner> signer() throws JOSEException;

    /// The public key for the world to verify with; empty for a shared secret.
    Optional<JWK> published();

    /// A P-256 or RSA pair in PEM (PKCS #8 and SubjectPublicKeyInfo, with header and footer), or paths of such files.
    ///
    /// @param privateKey null where tokens are only verified
    /// @throws IllegalArgumentException if a key cannot be read; the message tells how it should look
    static TokenKeys ofPair(@Nullable String privateKey, String publicKey) {
        KeyPair pair = new KeyPair(privateKey == null ? null : Pem.privateKey(privateKey), Pem.publicKey(publicKey));
        if (pair.privateKey != null && !pair.matches()) {
            throw new IllegalArgumentException("the private key does not belong to the public key");
        }
        return pair;
    }

    /// A secret of at least 32 bytes in hex (64 bytes are usual). As in the original Storm the key is the text
    /// itself, not what it decodes to.
    static TokenKeys ofSecret(String hex) {
        String text = hex.strip();
        if (!text.matches("[0-9A-Fa-f]{64,}")) {
            throw new IllegalArgumentException("must have at least 64 hex digits, better 128");
        }
        return new Secret(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// ES256 on the curve P-256, or RS256 with an RSA key, which takes a twentieth of the time to verify.
    final class KeyPair implements TokenKeys {
        private static final int LEAST_RSA_BITS = 2048;

        private final @Nullable PrivateKey privateKey;
        private final PublicKey publicKey;

        private KeyPair(@Nullable PrivateKey privateKey, PublicKey publicKey) {
            if (publicKey instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                throw new IllegalArgumentException("must have at least " + LEAST_RSA_BITS + " bits");
            }
            this.privateKey = privateKey;
            this.publicKey = publicKey;
        }

        private boolean matches() {
            if (privateKey == null || !privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
                return false;
            }
            try {
                var header = new com.nimbusds.jose.JWSHeader(algorithm());
                byte[] probe = {1, 2, 3};
                return verifier().verify(header, probe, signer().orElseThrow().sign(header, probe));
            } catch (JOSEException e) {
                throw new IllegalArgumentException("must be keys of the curve P-256, or RSA keys", e);
            }
        }

        @Override
        public JWSAlgorithm algorithm() {
            return publicKey instanceof RSAPublicKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        }

        @Override
        public JWSVerifier verifier() throws JOSEException {
            return publicKey instanceof RSAPublicKey rsa
                    ? new RSASSAVerifier(rsa)
                    : new ECDSAVerifier((ECPublicKey) publicKey);
        }

        @Override
        public Optional<JWSSigner> signer() throws JOSEException {
            if (privateKey == null) {
                return Optional.empty();
            }
            return Optional.of(
                    privateKey instanceof ECPrivateKey ec ? new ECDSASigner(ec) : new RSASSASigner(privateKey));
        }

        @Override
        public Optional<JWK> published() {
            try {
                return Optional.of(
                        publicKey instanceof RSAPublicKey rsa
                                ? new RSAKey.Builder(rsa)
                                        .algorithm(algorithm())
                                        .keyUse(KeyUse.SIGNATURE)
                                        .keyIDFromThumbprint()
                                        .build()
                                : new ECKey.Builder(Curve.P_256, (ECPublicKey) publicKey)
                                        .algorithm(algorithm())
                                        .keyUse(KeyUse.SIGNATURE)
                                        .keyIDFromThumbprint()
                                        .build());
            } catch (JOSEException e) {
                throw new IllegalStateException("SHA-256 is missing", e);
            }
        }
    }

    /// HS256, as the original Storm signed.
    final class Secret implements TokenKeys {
        private final byte[] secret;

        private Secret(byte[] secret) {
            this.secret = secret;
        }

        @Override
        public JWSAlgorithm algorithm() {
            return JWSAlgorithm.HS256;
        }

        @Override
        public JWSVerifier verifier() throws JOSEException {
            return new MACVerifier(secret);
        }

        @Override
        public Optional<JWSSigner> signer() throws JOSEException {
            return Optional.of(new MACSigner(secret));
        }

        @Override
        public Optional<JWK> published() {
            return Optional.empty();
        }
    }

    /// Keys in PEM (RFC 7468), inline or in a file.
    final class Pem {
        private Pem() {}

        private static final List<String> KINDS = List.of("EC", "RSA");

        private static PrivateKey privateKey(String source) {
            PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(der(source, "PRIVATE KEY"));
            return ofOneKind(kind -> KeyFactory.getInstance(kind).generatePrivate(key))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be a P-256 or RSA private key in PKCS #8 PEM, or a file with one"));
        }

        private static PublicKey publicKey(String source) {
            X509EncodedKeySpec key = new X509EncodedKeySpec(der(source, "PUBLIC KEY"));
            return ofOneKind(kind -> KeyFactory.getInstance(kind).generatePublic(key))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be a P-256 or RSA public key in PEM, or a file with one"));
        }

        private interface Reader<K> {
            K read(String kind) throws GeneralSecurityException;
        }

        private static <K> Optional<K> ofOneKind(Reader<K> reader) {
            for (String kind : KINDS) {
                try {
                    return Optional.of(reader.read(kind));
                } catch (GeneralSecurityException _) {
                    // Of the other kind, or none.
                }
            }
            return Optional.empty();
        }

        private static byte[] der(String source, String kind) {
            String text = source.strip().replace("\\n", "\n");
            if (!text.startsWith("-----BEGIN ")) {
                try {
                    text = Files.readString(Path.of(text)).strip();
                } catch (IOException | java.nio.file.InvalidPathException _) {
                    throw new IllegalArgumentException("must be PEM, or the path of a readable file with it");
                }
            }
            String head = "-----BEGIN " + kind + "-----";
            String foot = "-----END " + kind + "-----";
            if (!text.startsWith(head) || !text.endsWith(foot)) {
                throw new IllegalArgumentException("must begin with " + head + " and end with " + foot);
            }
            try {
                return Base64.getMimeDecoder().decode(text.substring(head.length(), text.length() - foot.length()));
            } catch (IllegalArgumentException _) {
                throw new IllegalArgumentException("must hold Base64 between header and footer");
            }
        }
    }
}
