package storm.core.sessions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of the access tokens: ES256 with a key pair, or HS256 with a secret that all share.
///
/// With a key pair only the REST server holds the private half; the others verify and cannot sign.
public sealed interface TokenKeys {
    JWSAlgorithm algorithm();

    JWSVerifier verifier() throws JOSEException;

    /// Empty where the private key is not at hand.
    Optional<JWSSigner> signer() throws JOSEException;

    /// The public key for the world to verify with; empty for a shared secret.
    Optional<ECKey> published();

    /// A P-256 pair in PEM (PKCS #8 and SubjectPublicKeyInfo, with header and footer), or paths of such files.
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

    /// ES256.
    final class KeyPair implements TokenKeys {
        private final @Nullable ECPrivateKey privateKey;
        private final ECPublicKey publicKey;

        private KeyPair(@Nullable ECPrivateKey privateKey, ECPublicKey publicKey) {
            this.privateKey = privateKey;
            this.publicKey = publicKey;
        }

        private boolean matches() {
            try {
                var header = new com.nimbusds.jose.JWSHeader(JWSAlgorithm.ES256);
                byte[] probe = {1, 2, 3};
                return verifier().verify(header, probe, signer().orElseThrow().sign(header, probe));
            } catch (JOSEException e) {
                throw new IllegalArgumentException("must be keys of the curve P-256", e);
            }
        }

        @Override
        public JWSAlgorithm algorithm() {
            return JWSAlgorithm.ES256;
        }

        @Override
        public JWSVerifier verifier() throws JOSEException {
            return new ECDSAVerifier(publicKey);
        }

        @Override
        public Optional<JWSSigner> signer() throws JOSEException {
            return privateKey == null ? Optional.empty() : Optional.of(new ECDSASigner(privateKey));
        }

        @Override
        public Optional<ECKey> published() {
            try {
                return Optional.of(new ECKey.Builder(Curve.P_256, publicKey)
                        .algorithm(JWSAlgorithm.ES256)
                        .keyUse(com.nimbusds.jose.jwk.KeyUse.SIGNATURE)
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
        public Optional<ECKey> published() {
            return Optional.empty();
        }
    }

    /// Keys in PEM (RFC 7468), inline or in a file.
    final class Pem {
        private Pem() {}

        private static ECPrivateKey privateKey(String source) {
            try {
                return (ECPrivateKey) KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(der(source, "PRIVATE KEY")));
            } catch (GeneralSecurityException | ClassCastException _) {
                throw new IllegalArgumentException("must be a P-256 private key in PKCS #8 PEM, or a file with one");
            }
        }

        private static ECPublicKey publicKey(String source) {
            try {
                return (ECPublicKey)
                        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der(source, "PUBLIC KEY")));
            } catch (GeneralSecurityException | ClassCastException _) {
                throw new IllegalArgumentException("must be a P-256 public key in PEM, or a file with one");
            }
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
