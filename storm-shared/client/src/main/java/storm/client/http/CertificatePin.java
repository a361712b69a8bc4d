package storm.client.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import storm.protocol.errors.StormException;

/// The SHA-256 fingerprint of a server's certificate, which a person has seen and accepted.
///
/// @param fingerprint 64 hex digits in lower case
public record CertificatePin(String fingerprint) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public CertificatePin {
        fingerprint = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
        if (!FORM.matcher(fingerprint).matches()) {
            throw StormException.invalid("fingerprint", "must be 64 hex digits");
        }
    }

    public static CertificatePin of(X509Certificate certificate) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new CertificatePin(HexFormat.of().formatHex(sha256.digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every JDK has SHA-256, and a received certificate has its bytes", e);
        }
    }

    /// As people compare it: `3F:A0:…`.
    public String display() {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(HexFormat.of().parseHex(fingerprint));
    }
}
