package storm.client.http;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Which server certificates are believed.
public sealed interface Trust {
    /// Those that the Java runtime's certificate authorities vouch for, with the host's name in them.
    record Authorities() implements Trust {}

    /// The one that has this fingerprint, whoever issued it and whatever name it bears.
    record Pinned(CertificatePin pin) implements Trust {}

    static Trust authorities() {
        return new Authorities();
    }

    static Trust pinned(CertificatePin pin) {
        return new Pinned(pin);
    }

    /// The TLS settings of this trust.
    default SSLContext context() {
        try {
            return switch (this) {
                case Authorities _ -> SSLContext.getDefault();
                case Pinned(CertificatePin pin) -> contextOf(leaf -> accept(leaf, pin));
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /// TLS settings that leave the judgement to a check of the server's own certificate.
    private static SSLContext contextOf(LeafTrustManager.Check check) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new LeafTrustManager(check)}, new SecureRandom());
        return context;
    }

    private static void accept(X509Certificate leaf, CertificatePin pin) throws CertificateException {
        if (!CertificatePin.of(leaf).equals(pin)) {
            throw new CertificateException("the server's certificate is not the one that was accepted before");
        }
        leaf.checkValidity();
    }
}
