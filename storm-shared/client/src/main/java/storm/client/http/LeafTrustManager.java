package storm.client.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Judges a server by its own certificate alone, whoever issued it.
///
/// It is an *extended* trust manager because the JDK then leaves all checks to it; a plain one would be wrapped in a
/// host-name check that a self-signed certificate cannot pass.
final class LeafTrustManager extends X509ExtendedTrustManager {
    /// Says no by an exception.
    interface Check {
        void check(X509Certificate leaf) throws CertificateException;
    }

    private final Check check;

    LeafTrustManager(Check check) {
        this.check = check;
    }

    private void judge(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the server shows no certificate");
        }
        check.check(chain[0]);
    }

    private static CertificateException clientsAreNotJudged() {
        return new CertificateException("a client is not judged here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw clientsAreNotJudged();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw clientsAreNotJudged();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw clientsAreNotJudged();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
