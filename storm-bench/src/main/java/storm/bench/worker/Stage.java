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
import java.util.Optional;
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
import storm.embedded.redis.RedisProcess;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.MongoConfig;
import storm.store.MongoConnection;
import storm.store.channels.ChannelStore;
import storm.store.messages.MessageStore;

/// Stores as `./storm up` starts them, channels and workers for one run, in a temporary folder; [#close] leaves nothing
/// of them.
public final class Stage implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final String name = "storm_bench_" + UUID.randomUUID().toString().substring(0, 8);

    public final RedisConnections connections;
    public final UnifiedJedis redis;
    public final InboundQueue queue;
    public final TransportCipher cipher;
    public final MessageStore messages;
    /// A member of all channels, alone.
    public final UserId sender = new UserId(new ObjectId().toHexString());
    public final List<ChannelId> channels = new ArrayList<>();
    public final RedisProcess redisServer;
    private final Optional<DatabaseServer> database;
    private final MongoClient client;
    private final MongoDatabase mongo;
    private final Clock clock;
    private final StageOptions options;
    private final Path folder;
    private final Map<String, String> workerSettings;

    public Stage(StageOptions options, Clock clock) throws InterruptedException {
        this.options = options;
        this.clock = clock;
        try {
            folder = Files.createTempDirectory("storm-bench-");
            opened.push(() -> remove(folder));
            if (options.recording().isPresent()) {
                Files.createDirectories(options.recording().get());
            }
            redisServer = new RedisProcess(new RedisProcess.Settings(
                    folder.resolve("redis"), EmbeddedStores.freePort(), hex(24), RedisProcess.Fsync.ALWAYS));
            opened.push(redisServer);
            redisServer.start();
            database = embedded(options, folder);
            if (database.isPresent()) {
                opened.push(database.get());
                database.get().start();
            }
            String uri = database.map(server -> server.uri() + "/" + name)
                    .orElseGet(() -> withDatabase(options.mongo(), name));
            Map<String, String> values = Map.of(
                    RedisConfig.PROPERTY, redisServer.url(),
                    MongoConfig.PROPERTY, uri,
                    TransportConfig.PROPERTY, hex(32));
            Settings settings = Settings.of(values);
            connections = new RedisConnections(RedisConfig.from(settings));
            redis = connections.client();
            opened.push(redis);
            cipher = new TransportCipher(TransportConfig.from(settings), clock);
            queue = new InboundQueue(redis, new JobCodec(cipher), QueueConfig.STANDARD);
            MongoConnection connection = new MongoConnection(MongoConfig.from(settings));
            client = connection.client();
            opened.push(client);
            mongo = connection.database(client);
            opened.push(mongo::drop);
            ChannelStore store = ChannelStore.in(mongo, clock);
            for (int i = 0; i < options.channels(); i++) {
                channels.add(store.insert("bench-" + i, "", sender).id());
            }
            messages = MessageStore.in(mongo, clock);
            workerSettings = Map.of(
                    "STORM_REDIS_URL", redisServer.url(),
                    "STORM_MONGODB_URI", uri,
                    "STORM_TRANSPORT_KEY", values.get(TransportConfig.PROPERTY),
                    "STORM_MESSAGE_KEYS", "k1:" + hex(32),
                    "STORM_KEYSTORE_PASSWORD", hex(24),
                    "STORM_LTPA_PASSWORD", hex(24));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /// A worker that is not started yet.
    public WorkerServer worker(String name) {
        WorkerServer worker = new WorkerServer(
                options.liberty(),
                folder.resolve(name),
                workerSettings,
                "-Xmx" + options.heap()
                        + options.recordingOf(name).map(option -> " " + option).orElse(""));
        opened.push(worker);
        return worker;
    }

    /// The embedded database; empty if one was given.
    public Optional<DatabaseServer> database() {
        return database;
    }

    /// Another database of the same server, dropped at the end.
    MessageStore otherMessages() {
        MongoDatabase other = client.getDatabase(name + "_bare");
        opened.push(other::drop);
        MessageStore store = MessageStore.in(other, clock);
        store.createIndexes();
        return store;
    }

    private static Optional<DatabaseServer> embedded(StageOptions options, Path folder) {
        return options.isEmbedded()
                ? Optional.of(new DatabaseServer(folder.resolve("mongo"), options.recordingOf("database")))
                : Optional.empty();
    }

    private static String withDatabase(String given, String database) {
        int query = given.indexOf('?');
        String server = query < 0 ? given : given.substring(0, query);
        String rest = query < 0 ? "" : given.substring(query);
        return server.replaceFirst("(?<=[^/])/?$", "/") + database + rest;
    }

    /// Messages that are stored and marked as published.
    public long delivered() {
        // By the command, since the driver's own way is an aggregation, for which the embedded server loads everything.
        return count(new Document()) - count(new Document("deliveryStatus", new Document("$ne", "delivered")));
    }

    private long count(Document query) {
        Document answer = mongo.runCommand(new Document("count", "messages").append("query", query));
        return answer.get("n", Number.class).longValue();
    }

    /// What the stores call themselves.
    public Map<String, String> versions() {
        String redisVersion = redis.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring("redis_version:".length()).strip())
                .findFirst()
                .orElse("?");
        return Map.of(
                "Redis",
                redisVersion + ", append-only file, fsync always",
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
