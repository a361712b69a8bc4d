package storm.embedded.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server of MongoDB's wire protocol on 127.0.0.1, in this JVM, that can be stopped and started again at the same
/// port
/// with the data it had.
///
/// It speaks as MongoDB 5.0 and knows no transactions, no non-unique indexes and no expiry by TTL. No password:
/// loopback
/// is its only guard. Thread-safe.
public final class MongoWireServer implements AutoCloseable {

    private final Gate gate = new Gate();
    private final Supplier<MongoBackend> backends;
    private int port;
    private @Nullable MongoServer server;

    private MongoWireServer(int port, Function<Gate, Supplier<MongoBackend>> backends) {
        this.port = port;
        this.backends = backends.apply(gate);
    }

    /// A server whose data lives as long as this object; port 0 takes a free one.
    public static MongoWireServer inMemory(int port) {
        return new MongoWireServer(port, gate -> {
            MemoryBackend kept = new MemoryBackend(gate);
            return () -> kept;
        });
    }

    /// A server whose data lives in `folder`, made if missing, and survives kill -9 of this JVM; port 0 takes a free
    /// one.
    public static MongoWireServer onFile(Path folder, int port) {
        return new MongoWireServer(port, gate -> () -> {
            try {
                Files.createDirectories(folder);
                return FileBackend.open(folder.resolve("storm.mv.db"), gate);
            } catch (IOException e) {
                throw new UncheckedIOException("the folder " + folder + " can't be made", e);
            }
        });
    }

    /// The URI that clients connect with.
    public synchronized String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    public synchronized int port() {
        return port;
    }

    /// Starts listening; nothing if it already does.
    public synchronized void start() {
        if (server != null) {
            return;
        }
        gate.open();
        MongoServer started = new MongoServer(backends.get());
        started.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = started.getLocalAddress().getPort();
        server = started;
    }

    /// Closes the port and every connection; what was written is kept.
    public synchronized void stop() {
        MongoServer stopping = server;
        if (stopping == null) {
            return;
        }
        server = null;
        gate.open();
        stopping.shutdownNow();
    }

    /// Lets nothing be answered any more, with every connection left open.
    public void pause() {
        gate.shut();
    }

    /// Answers again, first what came meanwhile.
    public void resume() {
        gate.open();
    }

    @Override
    public void close() {
        stop();
    }
}
