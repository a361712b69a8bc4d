package storm.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Thousands of [RawSocket]s read by one thread, so that most of the machine is left to what is measured.
final class RawSockets implements AutoCloseable {
    private static final int BUFFER = 4 << 20;

    private final InetSocketAddress server;
    private final Duration pause;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /// @param pause between two looks at all sockets: what came meanwhile is read at once, which leaves more of the
    ///     machine to the server and adds as much to every time that is measured
    RawSockets(InetSocketAddress server, Duration pause) {
        this.server = server;
        this.pause = pause;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("storm-sockets").start(this::run);
    }

    /// Opens a socket.
    ///
    /// @param reads whether it reads what comes
    RawSocket open(int number, String token, boolean reads, RawSocket.Listener listener) throws IOException {
        return RawSocket.open(number, server, token, reads, listener, selector);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (!closed) {
                selector.select(key -> handle(key, buffer));
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void handle(SelectionKey key, ByteBuffer buffer) {
        RawSocket socket = (RawSocket) key.attachment();
        if (socket == null) {
            return; // Registered this moment; it is looked at again.
        }
        try {
            if (key.isConnectable()) {
                socket.connectable();
            }
            if (key.isWritable()) {
                socket.writable();
            }
            if (key.isReadable()) {
                socket.readable(buffer);
            }
        } catch (IOException | CancelledKeyException e) {
            socket.ended();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof RawSocket socket) {
                socket.abort();
            }
        }
        selector.wakeup();
        try {
            thread.join();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
