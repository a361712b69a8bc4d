package storm.embedded.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/// A connection that speaks enough of Redis' protocol (RESP 2) to greet a server, to wipe it and to ask it for a
/// number or a line. Not thread-safe.
public final class RespConnection implements Closeable {

    private final Socket socket;
    private final InputStream in;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// Connects and signs in as the URL says (`redis://[user]:[password]@host:port`, `rediss://` for TLS); every wait
    /// is
    /// bounded by `timeout`.
    public static RespConnection open(String url, Duration timeout) throws IOException {
        URI uri = URI.create(url);
        int millis = Math.toIntExact(timeout.toMillis());
        Socket socket =
                "rediss".equals(uri.getScheme()) ? SSLSocketFactory.getDefault().createSocket() : new Socket();
        try {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort()), millis);
            socket.setSoTimeout(millis);
            RespConnection connection = new RespConnection(socket);
            connection.signIn(uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo());
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void signIn(String userInfo) throws IOException {
        int colon = userInfo.indexOf(':');
        if (colon < 0) {
            return;
        }
        String user = URLDecoder.decode(userInfo.substring(0, colon), UTF_8);
        String password = URLDecoder.decode(userInfo.substring(colon + 1), UTF_8);
        if (user.isEmpty()) {
            command("AUTH", password);
        } else {
            command("AUTH", user, password);
        }
    }

    /// Sends one command and gives its answer: a line, a number's digits or a text; empty for none.
    ///
    /// @throws IOException also when the server answers with an error
    public String command(String... words) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(("*" + words.length + "\r\n").getBytes(US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(UTF_8);
            frame.writeBytes(("$" + bytes.length + "\r\n").getBytes(US_ASCII));
            frame.writeBytes(bytes);
            frame.writeBytes(new byte[] {'\r', '\n'});
        }
        socket.getOutputStream().write(frame.toByteArray());
        String head = line();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> text(Integer.parseInt(rest));
            default -> throw new IOException("Redis answered " + head);
        };
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("Redis closed the connection");
        }
        return new String(bytes, 0, length, UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("Redis closed the connection");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        if (line.size() == 0) {
            throw new IOException("Redis answered an empty line");
        }
        return line.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
