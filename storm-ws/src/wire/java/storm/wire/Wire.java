package storm.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;

/// A TCP connection, and a WebSocket by hand over it: for bytes that no client would send, and for readers that do not
/// read, with next to no room in their system's buffers. Used by one thread at a time.
public final class Wire implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int NO_CODE = 1006;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    /// Connects without a word.
    public Wire(URI server) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 10_000);
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// Connects and upgrades; what the server thinks of the token comes after that.
    ///
    /// @throws IOException also if the upgrade is refused
    public static Wire open(URI server, String token) throws IOException {
        Wire wire = new Wire(server);
        wire.write(("GET " + server.getPath() + " HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: c3Rvcm0tYmVuY2gtc29jaw==\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n")
                .getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) wire.in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            wire.close();
            throw new IOException("refused: " + head);
        }
        return wire;
    }

    /// The same; returns when the server is ready for the client.
    public static Wire ready(URI server, String token) throws IOException {
        Wire wire = open(server, token);
        wire.next(ServerEvent.ConnectionReady.class);
        return wire;
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /// Sends a frame, as broken as wanted.
    ///
    /// @param first the first byte: the bits and the kind
    /// @param claimed the length that the header claims
    public void frame(int first, byte[] payload, long claimed) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(14);
        head.put((byte) first);
        if (claimed < 126) {
            head.put((byte) (0x80 | claimed));
        } else if (claimed < 65_536) {
            head.put((byte) 0xfe).putShort((short) claimed);
        } else {
            head.put((byte) 0xff).putLong(claimed);
        }
        head.putInt(0).flip();
        byte[] frame = new byte[head.limit() + payload.length];
        head.get(frame, 0, head.limit());
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        write(frame);
    }

    /// The next event of that type; what comes before is passed over.
    ///
    /// @throws IOException also if the socket is closed before
    public <E extends ServerEvent> E next(Class<E> type) throws IOException {
        while (true) {
            int kind = in.readUnsignedByte() & 0x0f;
            byte[] payload = payload();
            if (kind != TEXT) {
                throw new IOException("a frame of kind " + kind);
            }
            ServerEvent event =
                    ServerFrame.decode(new String(payload, UTF_8)).orElseThrow().event();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /// Reads until the socket ends and returns the close code; 1006 if there was none.
    public int readToTheEnd(Consumer<ServerEvent> heard) {
        try {
            while (true) {
                int kind = in.readUnsignedByte() & 0x0f;
                byte[] payload = payload();
                if (kind == CLOSE) {
                    return (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
                }
                ServerFrame.decode(new String(payload, UTF_8)).ifPresent(frame -> heard.accept(frame.event()));
            }
        } catch (IOException e) {
            return NO_CODE;
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return payload;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
