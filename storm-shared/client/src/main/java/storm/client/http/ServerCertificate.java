package storm.client.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;

/// What a server shows of itself in a TLS handshake, for a person to accept or refuse.
///
/// @param subject whom it names
/// @param issuer who vouches for it; the subject itself if it is self-signed
/// @param until when it expires
public record ServerCertificate(CertificatePin pin, String subject, String issuer, Instant until) {

    /// Asks the server for its certificate. Nothing is sent to it: the handshake is broken off.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if it cannot be reached or does not speak TLS
    public static ServerCertificate fetch(ServerAddress address, Duration timeout) {
        X509Certificate certificate = shownBy(address.rest(), Math.toIntExact(timeout.toMillis()));
        if (certificate == null) {
            throw StormException.unavailable("the server's certificate", Duration.ofSeconds(5), null);
        }
        return new ServerCertificate(
                CertificatePin.of(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotAfter().toInstant());
    }

    private static @Nullable X509Certificate shownBy(URI uri, int timeoutMillis) {
        int port = uri.getPort() == -1 ? 443 : uri.getPort();
        AtomicReference<@Nullable X509Certificate> shown = new AtomicReference<>();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(uri.getHost(), port), timeoutMillis);
            plain.setSoTimeout(timeoutMillis);
            SSLContext context = SSLContext.getInstance("TLS");
            LeafTrustManager look = new LeafTrustManager(leaf -> {
                shown.set(leaf);
                throw new CertificateException("only looking");
            });
            context.init(null, new TrustManager[] {look}, new SecureRandom());
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, uri.getHost(), port, true)) {
                socket.startHandshake();
            }
        } catch (SSLException e) {
            // As it must be: what was looked at is refused. A server without a certificate is told by the caller.
            return shown.get();
        } catch (IOException | GeneralSecurityException e) {
            throw StormException.unavailable("the server", Duration.ofSeconds(5), e);
        }
        return shown.get();
    }

    /// Whether a call failed because the server's certificate was not believed.
    public static boolean isDistrusted(StormException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }
}
