package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.deadletters.DeadLetterBox;
import storm.core.queue.Job;
import storm.core.redis.Keys;
import storm.core.redis.RedisSubscriber;
import storm.core.signals.UserSignals;
import storm.embedded.fixture.TestStores;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;

class DeadLetterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final DeadLetterFilter ALL = new DeadLetterFilter(null, null);

    private final UserId ann = TestInstallation.newUser();
    private final UserId stranger = TestInstallation.newUser();
    private TestInstallation storm;
    private DeadLetterBox box;
    private ChannelId channel;

    @BeforeEach
    void start() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        storm = new TestInstallation(stores);
        storm.startWorker();
        box = storm.deadLetters();
        channel = storm.newChannel(ann);
    }

    @AfterEach
    void stop() {
        storm.close();
    }

    @Test
    void senderIsToldOfAFailure() throws Exception {
        UserSignals signals = new UserSignals(storm.redis, storm.transport);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (RedisSubscriber subscriber = new RedisSubscriber(storm.connections, "test", () -> {})) {
            subscriber.start().subscribe(Keys.USERS, told::add).get(10, TimeUnit.SECONDS);
            Job.SendMessage job = TestInstallation.message(channel, stranger, "hello");
            storm.send(job);

            UserSignals.Signal signal = UserSignals.parse(told.poll(10, TimeUnit.SECONDS));
            assertThat(signal.userId()).isEqualTo(stranger);
            assertThat(ServerFrame.decode(signals.open(signal)).orElseThrow().event())
                    .isEqualTo(new ServerEvent.MessageFailed(job.messageId(), channel, "not_a_member"));
        }
    }

    @Test
    void retriedLetterIsDeliveredOnceItsReasonIsGone() {
        Job.SendMessage job = TestInstallation.message(channel, stranger, "hello");
        storm.send(job);
        DeadLetter letter = awaitLetters(1).getFirst();
        assertThat(letter.messageId()).isEqualTo(job.messageId());
        assertThat(box.find(letter.id())).contains(letter);

        storm.channels.addMember(channel, stranger);
        await().atMost(PATIENCE).until(() -> {
            // The worker follows a membership that was not broadcast within half a second.
            box.list(ALL, 10, null).items().forEach(each -> box.retry(each.id()));
            return storm.events.after(channel, 0, 10).frames().size() == 1;
        });
        assertThat(box.list(ALL, 10, null).items()).isEmpty();
    }

    @Test
    void letterIsRetriedOnceHoweverManyAsk() throws Exception {
        storm.send(TestInstallation.message(channel, stranger, "hello"));
        DeadLetterId id = awaitLetters(1).getFirst().id();
        List<Callable<Boolean>> clicks = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(_ -> () -> box.retry(id))
                .toList();
        int retried = 0;
        try (ExecutorService moderators = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> click : moderators.invokeAll(clicks)) {
                retried += click.get() ? 1 : 0;
            }
        }
        assertThat(retried).isEqualTo(1);
    }

    @Test
    void discardedLetterIsGone() {
        storm.send(TestInstallation.message(channel, stranger, "hello"));
        DeadLetterId id = awaitLetters(1).getFirst().id();

        assertThat(box.discard(id)).isTrue();
        assertThat(box.discard(id)).isFalse();
        assertThat(box.retry(id)).isFalse();
        assertThat(box.find(id)).isEmpty();
    }

    @Test
    void pagesHoldEveryLetterOnceNewestFirst() {
        List<ChannelId> channels =
                IntStream.range(0, 5).mapToObj(_ -> storm.newChannel(ann)).toList();
        for (int i = 0; i < 25; i++) {
            storm.send(TestInstallation.message(channels.get(i % 5), stranger, "text " + i));
        }
        List<DeadLetter> all = awaitLetters(25);

        List<DeadLetter> paged = new ArrayList<>();
        String cursor = null;
        do {
            Page<DeadLetter> page = box.list(ALL, 7, cursor);
            paged.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(paged).isEqualTo(all).doesNotHaveDuplicates().hasSize(25);
        assertThat(paged).isSortedAccordingTo((a, b) -> b.failedAt().compareTo(a.failedAt()));
    }

    @Test
    void filtersChooseByChannelAndReason() {
        ChannelId other = storm.newChannel(ann);
        storm.send(TestInstallation.message(channel, stranger, "a"));
        storm.send(TestInstallation.message(other, stranger, "b"));
        storm.send(TestInstallation.message(other, stranger, "c"));
        awaitLetters(3);

        assertThat(box.list(new DeadLetterFilter(other, null), 10, null).items())
                .hasSize(2);
        assertThat(box.list(new DeadLetterFilter(null, "channel_not_found"), 10, null)
                        .items())
                .isEmpty();
        assertThat(box.discardAll(new DeadLetterFilter(other, "not_a_member"))).isEqualTo(2);
        assertThat(box.list(ALL, 10, null).items()).hasSize(1);
    }

    private List<DeadLetter> awaitLetters(int count) {
        await().atMost(PATIENCE).until(() -> box.list(ALL, 100, null).items().size() == count);
        return box.list(ALL, 100, null).items();
    }
}
