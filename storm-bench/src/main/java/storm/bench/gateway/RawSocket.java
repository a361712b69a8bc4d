package storm.bench.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;

/// One WebSocket of the load generator: just enough of RFC 6455 to open, to send short texts and to tell frames apart.
///
/// Its reading belongs to the one thread of its [RawSockets]; any thread may send.
final class RawSocket {
    /// What is done with what comes; called on the thread of the [RawSockets].
    interface Listener {
        /// A text frame. The bytes are valid during the call alone.
        void text(RawSocket socket, byte[] bytes, int from, int to);

        /// The socket is closed.
        ///
        /// @param code of the close frame; 1006 if none came
        void closed(RawSocket socket, int code);
    }

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int ABNORMAL = 1006;
    private static final int AT_WORK = SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    private static final byte[] NOTHING = new byte[0];
    /// Always the same, which the protocol's purpose forbids and its peers cannot notice.
    private static final String KEY = "c3Rvcm0tYmVuY2gtc29jaw==";

    private final int number;
    private final Listener listener;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>(1);
    private byte[] rest = NOTHING;
    private boolean upgraded;
    private int closeCode = ABNORMAL;
    private volatile boolean open = true;

    private RawSocket(int number, Listener listener, SocketChannel channel, SelectionKey key) {
        this.number = number;
        this.listener = listener;
        this.channel = channel;
        this.key = key;
    }

    /// Begins to connect; the upgrade is asked for as soon as that is done.
    ///
    /// @param reads whether it ever reads; one that does not has a small buffer, too
    static RawSocket open(
            int number, InetSocketAddress server, String token, boolean reads, Listener listener, Selector selector)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (!reads) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, 0);
        RawSocket socket = new RawSocket(number, listener, channel, key);
        key.attach(socket);
        String request = "GET /ws HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + KEY
                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.unsent.add(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        try {
            key.interestOps(channel.connect(server) ? AT_WORK : SelectionKey.OP_CONNECT);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        selector.wakeup();
        return socket;
    }

    int number() {
        return number;
    }

    boolean isOpen() {
        return open;
    }

    /// Reads nothing from now on.
    void stall() {
        key.interestOps(0);
        key.selector().wakeup();
    }

    /// Sends a text of less than 64 KiB. A mask of zeros: the bytes stay as they are.
    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(frame(0x80 | TEXT, bytes, bytes.length));
    }

    /// Sends bytes as they are.
    void send(ByteBuffer bytes) {
        try {
            write(bytes);
        } catch (IOException e) {
            // The reader learns of it, too.
            open = false;
        }
    }

    /// A frame that begins with this byte, with a mask of zeros.
    ///
    /// @param length that it claims to have
    static ByteBuffer frame(int first, byte[] bytes, long length) {
        ByteBuffer frame = ByteBuffer.allocate(bytes.length + 14);
        frame.put((byte) first);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        return frame.putInt(0).put(bytes).flip();
    }

    private void write(ByteBuffer bytes) throws IOException {
        synchronized (unsent) {
            if (unsent.isEmpty()) {
                channel.write(bytes);
            }
            if (bytes.hasRemaining()) {
                unsent.add(bytes);
                key.interestOpsOr(SelectionKey.OP_WRITE);
                key.selector().wakeup();
            }
        }
    }

    void connectable() throws IOException {
        synchronized (unsent) {
            if (channel.finishConnect()) {
                key.interestOps(AT_WORK);
            }
        }
    }

    void writable() throws IOException {
        synchronized (unsent) {
            while (!unsent.isEmpty()) {
                channel.write(unsent.peek());
                if (unsent.peek().hasRemaining()) {
                    return;
                }
                unsent.remove();
            }
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }

    /// Reads what is there.
    ///
    /// @param buffer to read into, shared by all sockets of the thread, backed by an array
    void readable(ByteBuffer buffer) throws IOException {
        buffer.clear().put(rest);
        int read = channel.read(buffer);
        if (read < 0) {
            throw new EOFException();
        }
        byte[] bytes = backing(buffer);
        int end = buffer.position();
        int at = upgraded ? 0 : upgrade(bytes, end);
        while (upgraded) {
            int next = frame(bytes, at, end);
            if (next < 0) {
                break;
            }
            at = next;
        }
        rest = at == end ? NOTHING : Arrays.copyOfRange(bytes, at, end);
    }

    @SuppressWarnings("ByteBufferBackingArray") // Allocated by RawSockets, so it begins at 0.
    private static byte[] backing(ByteBuffer buffer) {
        return buffer.array();
    }

    private int upgrade(byte[] bytes, int end) throws IOException {
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                String head = new String(bytes, 0, i, StandardCharsets.US_ASCII);
                if (!head.startsWith("HTTP/1.1 101")) {
                    throw new IOException("refused: " + head.lines().findFirst().orElse(""));
                }
                upgraded = true;
                return i + 1;
            }
        }
        return 0;
    }

    /// Handles one frame and returns where the next begins; -1 if it is not whole yet.
    private int frame(byte[] bytes, int at, int end) throws IOException {
        if (end - at < 2) {
            return -1;
        }
        int opcode = bytes[at] & 0x0f;
        long length = bytes[at + 1] & 0x7f;
        int from = at + 2;
        if (length == 126) {
            from += 2;
            if (end < from) {
                return -1;
            }
            length = Short.toUnsignedInt(ByteBuffer.wrap(bytes, at + 2, 2).getShort());
        } else if (length == 127) {
            from += 8;
            if (end < from) {
                return -1;
            }
            length = ByteBuffer.wrap(bytes, at + 2, 8).getLong();
        }
        if (end - from < length) {
            return -1;
        }
        int to = from + (int) length;
        switch (opcode) {
            case TEXT -> listener.text(this, bytes, from, to);
            case CLOSE -> {
                closeCode = length < 2 ? 1005 : (bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff);
                throw new EOFException();
            }
            case PING -> write(ByteBuffer.wrap(new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0}));
            default -> throw new IOException("a frame of kind " + opcode);
        }
        return to;
    }

    /// Closes without a word, as a client does whose network is gone.
    void abort() {
        open = false;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        key.selector().wakeup();
    }

    void ended() {
        abort();
        listener.closed(this, closeCode);
    }
}
