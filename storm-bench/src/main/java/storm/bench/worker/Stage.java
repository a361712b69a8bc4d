package storm.bench.worker;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.QueueConfig;
import storm.core.config.RedisConfig;
import storm.core.config.Settings;
import storm.core.config.TransportConfig;
import storm.core.crypto.TransportCipher;
import storm.core.queue.InboundQueue;
import storm.core.queue.JobCodec;
import storm.core.redis.RedisConnections;
import storm.embedded.EmbeddedStores;
import storm.embedded.mongo.MongoWireServer;
import storm.embedded.redis.RedisProcess;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.MongoConfig;
import storm.store.MongoConnection;
import storm.store.channels.ChannelStore;

/// Stores, channels and a worker for one run, in a temporary folder; [#close] leaves nothing of them.
final class Stage implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final String database =
            "storm_bench_" + UUID.randomUUID().toString().substring(0, 8);

    final RedisConnections connections;
    final UnifiedJedis redis;
    final InboundQueue queue;
    final WorkerServer worker;
    final UserId sender = new UserId(new ObjectId().toHexString());
    final List<ChannelId> channels = new ArrayList<>();
    private final MongoDatabase mongo;

    Stage(WorkerBenchOptions options, Clock clock) {
        try {
            Path folder = Files.createTempDirectory("storm-bench-");
            opened.push(() -> remove(folder));
            RedisProcess redisServer = new RedisProcess(new RedisProcess.Settings(
                    folder.resolve("redis"), EmbeddedStores.freePort(), hex(24), RedisProcess.Fsync.EVERYSEC));
            opened.push(redisServer);
            redisServer.start();
            String uri = mongoUri(options, folder);
            Map<String, String> values = Map.of(
                    RedisConfig.PROPERTY, redisServer.url(),
                    MongoConfig.PROPERTY, uri,
                    TransportConfig.PROPERTY, hex(32));
            Settings settings = Settings.of(values);
            connections = new RedisConnections(RedisConfig.from(settings));
            redis = connections.client();
            opened.push(redis);
            TransportCipher cipher = new TransportCipher(TransportConfig.from(settings), clock);
            queue = new InboundQueue(redis, new JobCodec(cipher), QueueConfig.STANDARD);
            MongoConnection connection = new MongoConnection(MongoConfig.from(settings));
            MongoClient client = connection.client();
            opened.push(client);
            mongo = connection.database(client);
            opened.push(mongo::drop);
            ChannelStore store = ChannelStore.in(mongo, clock);
            for (int i = 0; i < options.channels(); i++) {
                channels.add(store.insert("bench-" + i, "", sender).id());
            }
            worker = new WorkerServer(
                    options.liberty(),
                    folder.resolve("worker"),
                    Map.of(
                            "STORM_REDIS_URL", redisServer.url(),
                            "STORM_MONGODB_URI", uri,
                            "STORM_TRANSPORT_KEY", values.get(TransportConfig.PROPERTY),
                            "STORM_MESSAGE_KEYS", "k1:" + hex(32),
                            "STORM_KEYSTORE_PASSWORD", hex(24),
                            "STORM_LTPA_PASSWORD", hex(24)),
                    "-Xmx" + options.heap()
                            + options.recording()
                                    .map(file -> " -XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                                            + file)
                                    .orElse(""));
            opened.push(worker);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private String mongoUri(WorkerBenchOptions options, Path folder) {
        if (options.mongo().startsWith("mongodb")) {
            int query = options.mongo().indexOf('?');
            String server = query < 0 ? options.mongo() : options.mongo().substring(0, query);
            String rest = query < 0 ? "" : options.mongo().substring(query);
            return server.replaceFirst("(?<=[^/])/?$", "/") + database + rest;
        }
        MongoWireServer server = options.mongo().equals("file")
                ? MongoWireServer.onFile(folder.resolve("mongo"), 0)
                : MongoWireServer.inMemory(0);
        opened.push(server);
        server.start();
        return server.uri() + "/" + database;
    }

    /// Messages that are stored and marked as published.
    long delivered() {
        return mongo.getCollection("messages").countDocuments(new Document("deliveryStatus", "delivered"));
    }

    /// What the stores call themselves.
    Map<String, String> versions() {
        String redisVersion = redis.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring("redis_version:".length()).strip())
                .findFirst()
                .orElse("?");
        return Map.of(
                "Redis",
                redisVersion + ", append-only file, fsync every second",
                "MongoDB protocol",
                mongo.runCommand(new Document("buildInfo", 1)).getString("version"));
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.err.println("could not be ended: " + e.getMessage());
            }
        }
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
