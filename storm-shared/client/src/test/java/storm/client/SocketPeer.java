package storm.client;

import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.json.Json;

/// A WebSocket server (RFC 6455, text and close frames) on a free port that does what a test says, for closes and
/// breaks that the real one does not make on demand.
public final class SocketPeer implements AutoCloseable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final long PATIENCE_SECONDS = 10;

    private final ServerSocket server;
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

    public SocketPeer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// The next connection that a client opens.
    public Session session() throws InterruptedException {
        Session session = sessions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no client connected");
        }
        return session;
    }

    public boolean isWaiting() {
        return !sessions.isEmpty();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try {
            Session session = new Session(socket);
            sessions.add(session);
            session.read();
        } catch (IOException e) {
            // The client went away, as some tests want.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /// One connection, seen from the server.
    public static final class Session {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private final String target;
        private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private volatile boolean answersPings = true;

        private Session(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            this.out = socket.getOutputStream();
            this.target = line().split(" ")[1];
            String key = "";
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                    key = header.substring(18).strip();
                }
            }
            write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
        }

        private static String accept(String key) {
            try {
                byte[] sha1 =
                        MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(sha1);
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c == -1) {
                    throw new EOFException();
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        private void read() throws IOException {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte() & 0x7f;
                int size = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(size);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                switch (opcode) {
                    case 1 -> received(Json.readObject(new String(payload, StandardCharsets.UTF_8)));
                    case 8 -> {
                        closes.add(
                                payload.length < 2
                                        ? 1005
                                        : ByteBuffer.wrap(payload).getShort() & 0xffff);
                        return;
                    }
                    default -> {
                        // Control frames and binary play no part here.
                    }
                }
            }
        }

        private void received(JsonObject frame) throws IOException {
            if (answersPings && "ping".equals(frame.getString("event"))) {
                send(frame.getString("requestId"), new ServerEvent.Pong(Instant.EPOCH));
            }
            frames.add(frame);
        }

        /// From now on pings have no answer.
        public void fallSilent() {
            answersPings = false;
        }

        private synchronized void frame(int opcode, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
            frame.put((byte) (0x80 | opcode));
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else {
                frame.put((byte) 126).putShort((short) payload.length);
            }
            frame.put(payload);
            out.write(frame.array(), 0, frame.position());
            out.flush();
        }

        /// Path and query of the handshake.
        public String target() {
            return target;
        }

        public void send(ServerEvent event) throws IOException {
            send("", event);
        }

        public void send(String requestId, ServerEvent event) throws IOException {
            frame(1, new ServerFrame(requestId, event).encode().getBytes(StandardCharsets.UTF_8));
        }

        /// The next frame of that event; others before it are passed over.
        public JsonObject expect(String event) throws InterruptedException {
            while (true) {
                JsonObject frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("no " + event + " came");
                }
                if (event.equals(frame.getString("event"))) {
                    return frame;
                }
            }
        }

        public @Nullable JsonObject nextWithin(long millis) throws InterruptedException {
            return frames.poll(millis, TimeUnit.MILLISECONDS);
        }

        /// The code with which the client said goodbye.
        public int closeCode() throws InterruptedException {
            Integer code = closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return code == null ? -1 : code;
        }

        public void close(int code, String reason) throws IOException {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            frame(
                    8,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array());
        }

        /// Breaks the connection without a word.
        public void abort() throws IOException {
            socket.close();
        }
    }
}
