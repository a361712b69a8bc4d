package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.channelevents.ChannelFrame;
import storm.core.channelevents.ChannelPublisher;
import storm.core.config.QueueConfig;
import storm.core.deadletters.FailureReason;
import storm.core.queue.Job;
import storm.core.queue.Partitions;
import storm.core.redis.Keys;
import storm.embedded.fixture.TestStores;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;
import storm.store.messages.MessageStore;
import storm.store.messages.NewMessage;
import storm.store.messages.SeqAllotment;

/// What becomes of jobs that fail, and of those that two owners had their hands on.
class PipelineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final QueueConfig IMPATIENT =
            new QueueConfig(16, 100_000, 5, Duration.ofMillis(20), Duration.ofMillis(100));

    private final UserId ann = TestInstallation.newUser();
    private TestInstallation storm;
    private ChannelId channel;

    @BeforeEach
    void start() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        storm = new TestInstallation(stores, IMPATIENT);
        storm.messages.createIndexes();
        channel = storm.newChannel(ann);
    }

    @AfterEach
    void stop() {
        storm.close();
    }

    @Test
    void jobThatFailsByItselfIsTriedFiveTimesAndBlocksNobody() {
        Job.SendMessage poison = TestInstallation.message(channel, ann, "poison");
        AtomicInteger alone = new AtomicInteger();
        start(FaultyStore.around(storm.messages, (method, arguments, call) -> {
            if (method.equals("insert") && holds(arguments[0], poison.messageId())) {
                if (((List<?>) arguments[0]).size() == 1) {
                    alone.incrementAndGet();
                }
                throw new IllegalStateException("cannot be stored");
            }
            return call.go();
        }));
        List<MessageId> sent = send("a", "b");
        storm.send(poison);
        sent.addAll(send("c", "d"));

        assertThat(published(4)).extracting(ServerEvent.MessageNew::messageId).isEqualTo(sent);
        DeadLetter letter = awaitLetter();
        assertThat(letter.messageId()).isEqualTo(poison.messageId());
        assertThat(letter.failureReason()).isEqualTo(FailureReason.ATTEMPTS_EXHAUSTED.wire());
        assertThat(letter.attempts()).isEqualTo(5);
        assertThat(alone).hasValueGreaterThanOrEqualTo(5);
    }

    @Test
    void jobThatDoesNotOpenIsADeadLetterAndTheNextOneIsDelivered() {
        String queue = Keys.queue(new Partitions(IMPATIENT.partitions()).of(channel));
        storm.redis.xadd(
                queue,
                redis.clients.jedis.StreamEntryID.NEW_ENTRY,
                java.util.Map.of("j", "AQAAAAB3cm9uZyBrZXk", "n", "0", "id", "x"));
        List<MessageId> sent = send("after");
        storm.startWorker();

        assertThat(published(1)).extracting(ServerEvent.MessageNew::messageId).isEqualTo(sent);
        DeadLetter letter = awaitLetter();
        assertThat(letter.failureReason()).isEqualTo(FailureReason.UNREADABLE.wire());
        assertThat(letter.messageId()).isNull();
        assertThat(storm.redis.xlen(queue)).isZero();
    }

    @Test
    void messagesThatTwoInsertsSharedKeepTheOrderOfTheQueue() {
        List<Job.SendMessage> jobs = jobs("a", "b", "c", "d");
        // An owner before took seqs, and stored the second and fourth before it lost the partition.
        long first = seqs(4);
        storm.messages.insert(List.of(storm.row(jobs.get(1), first + 1), storm.row(jobs.get(3), first + 3)));
        jobs.forEach(storm::send);
        storm.startWorker();

        assertThat(published(4))
                .extracting(ServerEvent.MessageNew::messageId)
                .isEqualTo(jobs.stream().map(Job.SendMessage::messageId).toList());
        awaitDelivered(jobs);
    }

    @Test
    void messageWhoseSeqSomebodyElseMovedIsPublishedWhereItIsNow() {
        Job.SendMessage job = jobs("late").getFirst();
        long first = seqs(5);
        storm.messages.insert(List.of(storm.row(job, first)));
        // Something later of the channel is out, so that the message has to move.
        publisher()
                .publish(List.of(new ServerEvent.MessageDeleted(
                        TestInstallation.newMessageId(), channel, first + 2, ann, TestInstallation.CLOCK.instant())));
        AtomicBoolean moved = new AtomicBoolean();
        start(FaultyStore.around(storm.messages, (method, arguments, call) -> {
            if (method.equals("moveSeq") && moved.compareAndSet(false, true)) {
                assertThat(storm.messages.moveSeq(job.messageId(), first, first + 4))
                        .isTrue();
            }
            return call.go();
        }));
        storm.send(job);

        assertThat(published(1)).extracting(ServerEvent.MessageNew::seq).containsExactly(first + 4);
        awaitDelivered(List.of(job));
    }

    @Test
    void messageDeletedBeforeItsEventWasOutIsNotPublished() {
        Job.SendMessage job = jobs("regretted").getFirst();
        storm.messages.insert(List.of(storm.row(job, seqs(1))));
        storm.messages.delete(
                job.messageId(),
                new storm.store.messages.StoredMessage.Change(
                        Job.newId(), seqs(1), TestInstallation.CLOCK.instant(), TestInstallation.CLOCK.instant()));
        storm.send(job);
        List<MessageId> next = send("next");
        storm.startWorker();

        assertThat(published(1)).extracting(ServerEvent.MessageNew::messageId).isEqualTo(next);
    }

    @Test
    void longestTextsGoThroughWhole() {
        String longest = "\uD83D\uDE00".repeat(2000);
        List<MessageId> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.addAll(send(longest));
        }
        storm.startWorker();

        List<ServerEvent.MessageNew> events = published(60);
        assertThat(events).extracting(ServerEvent.MessageNew::messageId).isEqualTo(sent);
        assertThat(events).extracting(ServerEvent.MessageNew::content).containsOnly(longest);
    }

    private void start(MessageStore messages) {
        storm.worker(messages, publisher()).start();
    }

    private ChannelPublisher publisher() {
        return new ChannelPublisher(storm.redis, storm.events);
    }

    private static boolean holds(Object rows, MessageId id) {
        return ((List<?>) rows)
                .stream().anyMatch(row -> ((NewMessage) row).messageId().equals(id));
    }

    private List<Job.SendMessage> jobs(String... texts) {
        List<Job.SendMessage> jobs = new ArrayList<>();
        for (String text : texts) {
            jobs.add(TestInstallation.message(channel, ann, text));
        }
        return jobs;
    }

    private List<MessageId> send(String... texts) {
        List<MessageId> ids = new ArrayList<>();
        jobs(texts).forEach(job -> {
            storm.send(job);
            ids.add(job.messageId());
        });
        return ids;
    }

    /// The first of so many seqs, taken as an owner long ago would have.
    private long seqs(int count) {
        return new SeqAllotment(storm.database).take(channel, count, 1).orElseThrow();
    }

    /// The channel's new messages, once there are so many.
    private List<ServerEvent.MessageNew> published(int count) {
        await().atMost(PATIENCE).until(() -> events().size() >= count);
        List<ServerEvent.MessageNew> events = events();
        assertThat(events).hasSize(count);
        assertThat(events).extracting(ServerEvent.MessageNew::seq).isSorted().doesNotHaveDuplicates();
        return events;
    }

    private List<ServerEvent.MessageNew> events() {
        return storm.events.after(channel, 0, 1000).frames().stream()
                .map(ChannelFrame::text)
                .map(text -> ServerFrame.decode(text).orElseThrow().event())
                .filter(ServerEvent.MessageNew.class::isInstance)
                .map(ServerEvent.MessageNew.class::cast)
                .toList();
    }

    private void awaitDelivered(List<Job.SendMessage> jobs) {
        List<MessageId> ids = jobs.stream().map(Job.SendMessage::messageId).toList();
        await().atMost(PATIENCE)
                .until(() ->
                        storm.messages.findAll(ids).stream().allMatch(row -> row.status() == DeliveryStatus.DELIVERED));
    }

    private DeadLetter awaitLetter() {
        DeadLetterFilter all = new DeadLetterFilter(null, null);
        await().atMost(PATIENCE)
                .until(() -> !storm.deadLetters().list(all, 10, null).items().isEmpty());
        List<DeadLetter> letters = storm.deadLetters().list(all, 10, null).items();
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }
}
