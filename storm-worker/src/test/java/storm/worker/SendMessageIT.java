package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.ScanParams;
import storm.core.channelevents.ChannelFrame;
import storm.core.queries.Query;
import storm.core.queue.EnqueueResult;
import storm.core.queue.Job;
import storm.embedded.fixture.TestStores;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.messages.Message;
import storm.store.messages.StoredMessage;

class SendMessageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final UserId ann = TestInstallation.newUser();
    private final UserId bob = TestInstallation.newUser();
    private TestInstallation storm;
    private ChannelId channel;

    @BeforeEach
    void start() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        storm = new TestInstallation(stores);
        storm.startWorker();
        channel = storm.newChannel(ann, bob);
    }

    @AfterEach
    void stop() {
        storm.close();
    }

    @Test
    void messageIsStoredAndPublished() {
        Job.SendMessage job = TestInstallation.message(channel, ann, "hello");
        assertThat(storm.send(job)).isEqualTo(new EnqueueResult.Queued());

        List<ServerEvent.MessageNew> published = published(1);
        assertThat(published.getFirst().messageId()).isEqualTo(job.messageId());
        assertThat(published.getFirst().content()).isEqualTo("hello");
        assertThat(published.getFirst().seq()).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> {
            StoredMessage row = storm.messages.find(channel, job.messageId()).orElseThrow();
            assertThat(row.status()).isEqualTo(DeliveryStatus.DELIVERED);
            assertThat(row.seq()).isEqualTo(1);
        });
    }

    @Test
    void messagesKeepTheOrderOfTheirAcks() {
        List<String> sent = IntStream.range(0, 500).mapToObj(i -> "text " + i).toList();
        sent.forEach(text -> storm.send(TestInstallation.message(channel, ann, text)));

        List<ServerEvent.MessageNew> published = published(sent.size());
        assertThat(published).extracting(ServerEvent.MessageNew::content).isEqualTo(sent);
        assertThat(published)
                .extracting(ServerEvent.MessageNew::seq)
                .isEqualTo(IntStream.rangeClosed(1, 500).mapToObj(Long::valueOf).toList());
    }

    @Test
    void duplicateMessageIsStoredOnce() {
        MessageId id = TestInstallation.newMessageId();
        storm.send(TestInstallation.message(id, channel, ann, "first"));
        assertThat(storm.send(TestInstallation.message(id, channel, ann, "again")))
                .isEqualTo(new EnqueueResult.Duplicate());
        storm.send(TestInstallation.message(channel, ann, "last"));

        assertThat(published(2)).extracting(ServerEvent.MessageNew::content).containsExactly("first", "last");
        assertThat(storm.messages.findAll(List.of(id))).hasSize(1);
    }

    @Test
    void messageWhoseMemoryLapsedIsStoredOnceAndPublishedOnce() {
        MessageId id = TestInstallation.newMessageId();
        storm.send(TestInstallation.message(id, channel, ann, "first"));
        published(1);
        awaitDelivered(id);
        forgetSeen();
        assertThat(storm.send(TestInstallation.message(id, channel, ann, "again")))
                .isEqualTo(new EnqueueResult.Queued());
        storm.send(TestInstallation.message(channel, ann, "last"));

        assertThat(published(2)).extracting(ServerEvent.MessageNew::content).containsExactly("first", "last");
        assertThat(storm.messages.findAll(List.of(id))).hasSize(1);
    }

    @Test
    void messageThatIsRefusedTakesNoSeq() {
        storm.send(TestInstallation.message(channel, TestInstallation.newUser(), "from outside"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        storm.send(TestInstallation.message(channel, ann, "from ann"));
        storm.send(TestInstallation.message(channel, bob, "from bob"));

        assertThat(published(2)).extracting(ServerEvent.MessageNew::seq).containsExactly(1L, 2L);
    }

    @Test
    void strangersMessageIsADeadLetter() {
        UserId stranger = TestInstallation.newUser();
        Job.SendMessage job = TestInstallation.message(channel, stranger, "let me in");
        storm.send(job);
        storm.send(TestInstallation.message(channel, ann, "hello"));

        assertThat(published(1)).extracting(ServerEvent.MessageNew::content).containsExactly("hello");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(deadLetters().getFirst())
                .contains("not_a_member")
                .contains(job.messageId().value());
        assertThat(storm.messages.findAll(List.of(job.messageId()))).isEmpty();
    }

    @Test
    void textIsInTheClearInNeitherStore() {
        String secret = "the eagle lands at dawn";
        storm.send(TestInstallation.message(channel, ann, secret));
        storm.send(TestInstallation.message(channel, TestInstallation.newUser(), secret));
        published(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(deadLetters()).hasSize(1));

        List<String> raw = new ArrayList<>();
        for (String collection : storm.database.listCollectionNames()) {
            for (Document row : storm.database.getCollection(collection).find()) {
                raw.add(row.toJson());
            }
        }
        assertThat(raw).isNotEmpty().noneMatch(row -> row.contains("eagle"));
        List<byte[]> dumps = keys().stream().map(key -> storm.redis.dump(key)).toList();
        assertThat(dumps).isNotEmpty();
        // A dump may be compressed, but never so that a text of six letters, once in it, is not to be seen.
        assertThat(dumps)
                .noneMatch(dump -> new String(dump, java.nio.charset.StandardCharsets.ISO_8859_1).contains("eagle"));
    }

    @Test
    void historyIsAnsweredWithTexts() {
        IntStream.range(0, 5).forEach(i -> storm.send(TestInstallation.message(channel, ann, "text " + i)));
        published(5);

        Query.History newest = storm.queries.ask(new Query.HistoryQuery(channel, null, 3), PATIENCE);
        assertThat(newest.messages()).extracting(Message::content).containsExactly("text 4", "text 3", "text 2");
        assertThat(newest.hasMore()).isTrue();
        Query.History older = storm.queries.ask(new Query.HistoryQuery(channel, 3L, 3), PATIENCE);
        assertThat(older.messages()).extracting(Message::content).containsExactly("text 1", "text 0");
        assertThat(older.hasMore()).isFalse();
    }

    @Test
    void membershipIsAnsweredFromTheDatabase() {
        storm.send(TestInstallation.message(channel, ann, "hello"));
        published(1);

        Query.Memberships memberships = storm.queries.ask(new Query.MembershipQuery(bob), PATIENCE);
        assertThat(memberships.channels()).containsExactly(new Query.MemberChannel(channel, 1, false));
        assertThat(storm.queries
                        .ask(new Query.MembershipQuery(TestInstallation.newUser()), PATIENCE)
                        .channels())
                .isEmpty();
    }

    private List<ServerEvent.MessageNew> published(int count) {
        await().atMost(PATIENCE)
                .until(() -> storm.events.after(channel, 0, 1000).frames().size() >= count);
        List<ChannelFrame> frames = storm.events.after(channel, 0, 1000).frames();
        assertThat(frames).hasSize(count);
        return frames.stream()
                .map(frame -> (ServerEvent.MessageNew)
                        ServerFrame.decode(frame.text()).orElseThrow().event())
                .toList();
    }

    private void awaitDelivered(MessageId id) {
        await().atMost(PATIENCE)
                .until(() -> storm.messages.find(channel, id).orElseThrow().status() == DeliveryStatus.DELIVERED);
    }

    private List<String> deadLetters() {
        return keys().stream()
                .filter(key -> key.endsWith(":dead"))
                .flatMap(key -> storm.redis.hvals(key).stream())
                .toList();
    }

    private void forgetSeen() {
        keys().stream().filter(key -> key.contains(":seen:")).forEach(storm.redis::del);
    }

    private List<String> keys() {
        return storm.redis
                .scan("0", new ScanParams().match("storm:*").count(100_000))
                .getResult();
    }
}
