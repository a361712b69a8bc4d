package storm.worker;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;
import storm.core.channelevents.ChannelEvents;
import storm.core.channelevents.ChannelPublisher;
import storm.core.config.QueueConfig;
import storm.core.config.RedisConfig;
import storm.core.config.Settings;
import storm.core.config.ShutdownConfig;
import storm.core.config.TransportConfig;
import storm.core.crypto.TransportCipher;
import storm.core.deadletters.DeadLetterBox;
import storm.core.deadletters.Undertaker;
import storm.core.health.QueueStatistics;
import storm.core.health.WorkerHeartbeats;
import storm.core.queries.Queries;
import storm.core.queue.EnqueueResult;
import storm.core.queue.InboundQueue;
import storm.core.queue.Job;
import storm.core.queue.JobCodec;
import storm.core.redis.RedisConnections;
import storm.core.signals.UserSignals;
import storm.embedded.fixture.TestStores;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.queue.QueueStats;
import storm.store.MongoConfig;
import storm.store.MongoConnection;
import storm.store.channels.ChannelStates;
import storm.store.channels.ChannelStore;
import storm.store.messagekeys.KeyChecks;
import storm.store.messagekeys.KeyRing;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.MessageStore;
import storm.store.messages.NewMessage;
import storm.store.messages.SeqAllotment;
import storm.store.readmarkers.ReadMarkerStore;
import storm.store.users.UserStore;
import storm.worker.channels.ChannelDirectory;
import storm.worker.metrics.WorkerMetrics;
import storm.worker.partitions.PartitionKeeper;
import storm.worker.partitions.WorkerId;
import storm.worker.pipeline.ChangeSteps;
import storm.worker.pipeline.JobPipeline;
import storm.worker.pipeline.SendSteps;
import storm.worker.pipeline.Seqs;
import storm.worker.queries.QueryAnswers;
import storm.worker.queries.QueryServer;
import storm.worker.tasks.KeyRotation;
import storm.worker.tasks.TaskRunner;

/// An installation of Storm as a worker and its neighbours see it, on real stores, with a database of its own.
final class TestInstallation implements AutoCloseable {
    static final Clock CLOCK = Clock.systemUTC();
    private static final String TRANSPORT_KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String MESSAGE_KEY = "k1:ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

    final RedisConnections connections;
    final UnifiedJedis redis;
    final MongoClient mongo;
    final MongoDatabase database;
    final TransportCipher transport;
    final ChannelEvents events;
    final InboundQueue queue;
    final Queries queries;
    final ChannelStore channels;
    final MessageStore messages;
    private final Map<String, String> settings;
    private final QueueConfig config;
    private final List<Worker> workers = new ArrayList<>();

    TestInstallation(TestStores stores) {
        this(stores, QueueConfig.STANDARD);
    }

    TestInstallation(TestStores stores, QueueConfig config) {
        this(
                Map.of(
                        RedisConfig.PROPERTY,
                        stores.redisUrl(),
                        MongoConfig.PROPERTY,
                        stores.mongoUri(stores.freshDatabase()),
                        TransportConfig.PROPERTY,
                        TRANSPORT_KEY,
                        KeyRing.PROPERTY,
                        MESSAGE_KEY),
                config);
    }

    TestInstallation(Map<String, String> values, QueueConfig config) {
        this.config = config;
        settings = values;
        Settings read = Settings.of(values);
        connections = new RedisConnections(RedisConfig.from(read));
        redis = connections.client();
        MongoConnection connection = new MongoConnection(MongoConfig.from(read));
        mongo = connection.client();
        database = connection.database(mongo);
        transport = new TransportCipher(TransportConfig.from(read), CLOCK);
        events = new ChannelEvents(redis, transport);
        queue = new InboundQueue(redis, new JobCodec(transport), config);
        queries = new Queries(redis, connections, transport, CLOCK);
        channels = ChannelStore.in(database, CLOCK);
        messages = MessageStore.in(database, CLOCK);
    }

    /// What a server of this installation is configured with.
    Map<String, String> settings() {
        return settings;
    }

    /// A worker that runs until the installation is closed or it is stopped.
    Worker startWorker() {
        Worker worker = worker();
        worker.start();
        return worker;
    }

    private Worker worker() {
        return worker(messages, new ChannelPublisher(redis, events));
    }

    /// A worker with these parts in place of its own, not started.
    Worker worker(MessageStore messages, ChannelPublisher publisher) {
        WorkerId id = WorkerId.random();
        WorkerMetrics metrics = new WorkerMetrics();
        KeyRing keys = KeyRing.from(Settings.of(settings));
        MessageCipher cipher = new MessageCipher(keys);
        ChannelStates states = new ChannelStates(database);
        ChannelDirectory directory = new ChannelDirectory(states, CLOCK);
        Seqs seqs = new Seqs(new SeqAllotment(database), directory);
        Undertaker undertaker = new Undertaker(new UserSignals(redis, transport), CLOCK);
        JobPipeline pipeline = new JobPipeline(
                redis,
                new JobCodec(transport),
                new SendSteps(directory, seqs, cipher, messages, publisher, metrics, CLOCK),
                new ChangeSteps(directory, seqs, cipher, messages, publisher, CLOCK),
                undertaker,
                metrics);
        PartitionKeeper keeper =
                new PartitionKeeper(redis, id, new WorkerHeartbeats(redis, CLOCK), pipeline, config, metrics, CLOCK);
        QueryAnswers answers = new QueryAnswers(
                states, messages, cipher, UserStore.in(database, CLOCK), new ReadMarkerStore(database));
        Worker worker = new Worker(
                connections,
                keeper,
                new QueryServer(redis, transport, answers, CLOCK),
                directory,
                new TaskRunner(redis, id, List.of(new KeyRotation(redis, keys, cipher, messages))),
                new StoreReadiness(messages, new KeyChecks(database, messages), keys),
                new ShutdownConfig(Duration.ofSeconds(5)));
        workers.add(worker);
        return worker;
    }

    QueueStats statistics() {
        return new QueueStatistics(redis, new WorkerHeartbeats(redis, CLOCK), config, CLOCK).read();
    }

    DeadLetterBox deadLetters() {
        return new DeadLetterBox(redis, config);
    }

    static UserId newUser() {
        return new UserId(new org.bson.types.ObjectId().toHexString());
    }

    static MessageId newMessageId() {
        return new MessageId(UUID.randomUUID().toString());
    }

    /// A channel with these members.
    ChannelId newChannel(UserId creator, UserId... others) {
        ChannelId id =
                channels.insert("channel-" + UUID.randomUUID(), "", creator).id();
        for (UserId other : others) {
            channels.addMember(id, other);
        }
        return id;
    }

    static Job.SendMessage message(ChannelId channel, UserId sender, String content) {
        return message(newMessageId(), channel, sender, content);
    }

    static Job.SendMessage message(MessageId id, ChannelId channel, UserId sender, String content) {
        Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Job.SendMessage(id, channel, sender, content, now, now, "test");
    }

    /// The row that an owner would store.
    NewMessage row(Job.SendMessage job, long seq) {
        MessageCipher cipher = new MessageCipher(KeyRing.from(Settings.of(settings)));
        MessageCipher.Place place = new MessageCipher.Place(job.messageId(), job.channelId(), job.senderId());
        return new NewMessage(
                job.messageId(),
                job.channelId(),
                job.senderId(),
                seq,
                cipher.encrypt(place, job.content()),
                job.clientTs(),
                CLOCK.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    EnqueueResult send(Job job) {
        return queue.enqueue(job);
    }

    @Override
    public void close() {
        workers.forEach(Worker::stop);
        queries.close();
        redis.close();
        mongo.close();
    }
}
