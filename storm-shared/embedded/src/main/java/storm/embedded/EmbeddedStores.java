package storm.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import storm.embedded.mongo.MongoWireServer;
import storm.embedded.redis.RedisProcess;
import storm.embedded.redis.RedisProcess.Fsync;

/// The program that runs the embedded default's stores: Redis as a process beside it, MongoDB's wire protocol in this
/// JVM,
/// both on 127.0.0.1, both keeping their data in one folder.
///
/// ```
/// EmbeddedStores --data DIR [--ready FILE] [--only redis|mongo] [--redis-port N] [--mongo-port N]
/// ```
///
/// Port 0, the default, takes a free one. Redis' password comes from the environment, `STORM_EMBEDDED_REDIS_PASSWORD`.
/// When both answer, the ready file appears, whole, with a line for each store that a shell can read
/// (`REDIS_PORT=…`, `MONGO_PORT=…`). SIGTERM stops both in order; when Redis dies, so does this program, with one
/// sentence and status 1.
public final class EmbeddedStores implements AutoCloseable {

    enum Store {
        REDIS,
        MONGO
    }

    /// What the command line asks for.
    record Options(Path data, @Nullable Path ready, Set<Store> stores, int redisPort, int mongoPort) {

        static Options parse(String... arguments) {
            Path data = null;
            Path ready = null;
            Set<Store> stores = EnumSet.allOf(Store.class);
            int redisPort = 0;
            int mongoPort = 0;
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[i] + " needs a value");
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--data" -> data = Path.of(value);
                    case "--ready" -> ready = Path.of(value);
                    case "--only" -> stores = EnumSet.of(store(value));
                    case "--redis-port" -> redisPort = port(value);
                    case "--mongo-port" -> mongoPort = port(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            if (data == null) {
                throw new IllegalArgumentException("--data names the folder to keep the data in");
            }
            return new Options(data, ready, stores, redisPort, mongoPort);
        }

        private static Store store(String name) {
            return switch (name) {
                case "redis" -> Store.REDIS;
                case "mongo" -> Store.MONGO;
                default -> throw new IllegalArgumentException("--only takes redis or mongo, not " + name);
            };
        }

        private static int port(String value) {
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
                throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + value);
            }
            return Integer.parseInt(value);
        }
    }

    private final @Nullable RedisProcess redis;
    private final @Nullable MongoWireServer mongo;

    private EmbeddedStores(@Nullable RedisProcess redis, @Nullable MongoWireServer mongo) {
        this.redis = redis;
        this.mongo = mongo;
    }

    /// Runs until SIGTERM or until a store dies.
    public static void main(String... arguments) throws InterruptedException {
        System.exit(run(System.err, arguments));
    }

    private static int run(PrintStream errors, String... arguments) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable String> cause = new AtomicReference<>();
        try {
            Options options = Options.parse(arguments);
            EmbeddedStores stores = start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(stores::close, "stop-stores"));
            RedisProcess redis = stores.redis;
            if (redis != null) {
                var _ = redis.onExit().thenAccept(process -> {
                    cause.set("Redis (process %d) ended with status %d; what it said last is in %s"
                            .formatted(
                                    process.pid(),
                                    process.exitValue(),
                                    options.data().resolve("redis/redis.log")));
                    ended.countDown();
                });
            }
            stores.announce(options.ready());
            ended.await();
            errors.println("storm stores: " + cause.get());
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            errors.println("storm stores: " + e.getMessage());
        }
        return 1;
    }

    static EmbeddedStores start(Options options) {
        MongoWireServer mongo = null;
        try {
            if (options.stores().contains(Store.MONGO)) {
                mongo = startMongo(options);
            }
            RedisProcess redis = options.stores().contains(Store.REDIS) ? startRedis(options) : null;
            return new EmbeddedStores(redis, mongo);
        } catch (RuntimeException e) {
            if (mongo != null) {
                mongo.close();
            }
            throw e;
        }
    }

    private static MongoWireServer startMongo(Options options) {
        Path folder = options.data().resolve("mongo");
        MongoWireServer mongo = MongoWireServer.onFile(folder, options.mongoPort());
        try {
            mongo.start();
            return mongo;
        } catch (RuntimeException e) {
            // The library throws what its parts throw, unwrapped; the two that happen are told apart for the reader.
            throw new IllegalStateException(
                    "the MongoDB store can't start on port %d with the data in %s (is another Storm using it?): %s"
                            .formatted(options.mongoPort(), folder, e.getMessage()),
                    e);
        }
    }

    private static RedisProcess startRedis(Options options) {
        String password = System.getenv("STORM_EMBEDDED_REDIS_PASSWORD");
        if (password == null) {
            throw new IllegalArgumentException("STORM_EMBEDDED_REDIS_PASSWORD is not set");
        }
        int port = options.redisPort() == 0 ? freePort() : options.redisPort();
        // ALWAYS: an acknowledged message is in the file before its sender hears so. With EVERYSEC the write itself may
        // lag by up to two seconds behind the answer while the disk is busy.
        RedisProcess redis = new RedisProcess(
                new RedisProcess.Settings(options.data().resolve("redis"), port, password, Fsync.ALWAYS));
        try {
            redis.start();
        } catch (UncheckedIOException e) {
            redis.close();
            throw e;
        }
        return redis;
    }

    /// A port of 127.0.0.1 that nobody listens on just now.
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free on 127.0.0.1", e);
        }
    }

    private void announce(@Nullable Path ready) {
        StringBuilder lines = new StringBuilder();
        if (redis != null) {
            lines.append("REDIS_PORT=").append(redis.port()).append('\n');
            lines.append("REDIS_PID=").append(redis.pid()).append('\n');
        }
        if (mongo != null) {
            lines.append("MONGO_PORT=").append(mongo.port()).append('\n');
        }
        System.out.print(lines);
        if (ready == null) {
            return;
        }
        try {
            Path whole = Files.writeString(ready.resolveSibling(ready.getFileName() + ".new"), lines);
            Files.move(whole, ready, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + ready + " can't be written", e);
        }
    }

    @Override
    public void close() {
        if (mongo != null) {
            mongo.close();
        }
        if (redis != null) {
            redis.close();
        }
    }
}
