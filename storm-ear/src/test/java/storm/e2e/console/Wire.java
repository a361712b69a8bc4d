package storm.e2e.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import storm.e2e.servers.Installation;

/// The way from the console to a server, byte for byte, that a test can cut, mend, and lead elsewhere.
final class Wire implements AutoCloseable {
    private final int port = Installation.freePort();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private volatile int target;
    private volatile boolean whole;
    private @Nullable ServerSocket listener;

    private Wire(int target) {
        this.target = target;
    }

    /// A wire to a port of this machine.
    static Wire to(int target) {
        Wire wire = new Wire(target);
        wire.mend();
        return wire;
    }

    int port() {
        return port;
    }

    /// From the next connection on, another server is at its end.
    void leadTo(int other) {
        target = other;
        hangUp();
    }

    /// How often the console has said so, over all connections.
    int heard(String words) {
        return said.toString(StandardCharsets.ISO_8859_1).split(Pattern.quote(words), -1).length - 1;
    }

    /// From now on nobody answers.
    void cut() {
        whole = false;
        ServerSocket current = listener;
        listener = null;
        if (current != null) {
            closeQuietly(current);
        }
        hangUp();
    }

    void mend() {
        try {
            ServerSocket fresh = new ServerSocket();
            fresh.setReuseAddress(true);
            fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = fresh;
            whole = true;
            Thread.ofVirtual().name("wire").start(() -> accept(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                connect(from.accept());
            }
        } catch (IOException e) {
            // It was cut.
        }
    }

    private void connect(Socket near) {
        open.add(near);
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(far);
            if (!whole) {
                // Cut while this was connecting: nobody else would hang it up.
                closeQuietly(near);
                closeQuietly(far);
                return;
            }
            Thread.ofVirtual().start(() -> carry(near, far, said));
            Thread.ofVirtual().start(() -> carry(far, near, OutputStream.nullOutputStream()));
        } catch (IOException e) {
            // Nobody is at the other end: this one learns it by the end of its connection.
            closeQuietly(near);
        }
    }

    private void carry(Socket from, Socket to, OutputStream copy) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                out.write(some, 0, count);
                copy.write(some, 0, count);
            }
        } catch (IOException e) {
            // One end hung up; both are closed.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void hangUp() {
        open.forEach(Wire::closeQuietly);
        open.clear();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is gone, which is what was wanted.
        }
    }

    @Override
    public void close() {
        cut();
    }
}
