package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.deadletters.DeadLetterBox;
import storm.core.queries.Query;
import storm.core.queue.Job;
import storm.core.queue.Partitions;
import storm.embedded.fixture.TestStores;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.store.pages.PageRequest;

class ChangeMessageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final UserId ann = TestInstallation.newUser();
    private final UserId bob = TestInstallation.newUser();
    private final MessageId message = TestInstallation.newMessageId();
    private TestInstallation storm;
    private DeadLetterBox deadLetters;
    private ChannelId channel;

    @BeforeEach
    void start() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        storm = new TestInstallation(stores);
        storm.startWorker();
        deadLetters = storm.deadLetters();
        channel = storm.newChannel(ann, bob);
        storm.send(TestInstallation.message(message, channel, ann, "first"));
    }

    @AfterEach
    void stop() {
        storm.close();
    }

    @Test
    void editIsStoredAndPublishedWithItsOwnSeq() {
        storm.send(edit(ann, "second"));

        List<ServerEvent> events = published(2);
        assertThat(events.get(1)).isInstanceOfSatisfying(ServerEvent.MessageEdited.class, edited -> {
            assertThat(edited.messageId()).isEqualTo(message);
            assertThat(edited.seq()).isEqualTo(2);
            assertThat(edited.content()).isEqualTo("second");
        });
        Query.Contents contents = storm.queries.ask(new Query.ContentQuery(channel, List.of(message)), PATIENCE);
        assertThat(contents.of(message)).isEqualTo("second");
        assertThat(storm.messages.find(channel, message).orElseThrow().seq()).isEqualTo(1);
        assertThat(storm.messages.find(channel, message).orElseThrow().editedAt())
                .isNotNull();
    }

    @Test
    void editThatComesBackLateDoesNotReplaceWhatWasAcceptedAfterIt() {
        Job.EditMessage late = new Job.EditMessage(
                Job.newId(),
                message,
                channel,
                ann,
                "late",
                TestInstallation.CLOCK.instant().minusSeconds(60),
                "");
        storm.send(edit(ann, "second"));
        published(2);
        storm.send(late); // As from the dead letters: into the queue a minute after it was accepted.
        storm.send(edit(ann, "third"));

        assertThat(published(3))
                .last()
                .isInstanceOfSatisfying(
                        ServerEvent.MessageEdited.class,
                        edited -> assertThat(edited.content()).isEqualTo("third"));
        assertThat(deadLetters.list(new DeadLetterFilter(null, null), 10, null).items())
                .isEmpty();
    }

    @Test
    void strangersEditChangesNothing() {
        storm.send(edit(bob, "mine now"));

        assertThat(awaitDeadLetter().failureReason()).isEqualTo("not_the_sender");
        assertThat(published(1)).hasSize(1);
    }

    @Test
    void deletedMessageIsGoneFromHistoryAndItsIdStaysTaken() {
        storm.send(
                new Job.DeleteMessage(Job.newId(), message, channel, ann, false, TestInstallation.CLOCK.instant(), ""));

        assertThat(published(2).get(1)).isInstanceOfSatisfying(ServerEvent.MessageDeleted.class, deleted -> {
            assertThat(deleted.seq()).isEqualTo(2);
            assertThat(deleted.deletedBy()).isEqualTo(ann);
        });
        assertThat(storm.messages.find(channel, message)).isEmpty();
        assertThat(storm.messages.list(channel, PageRequest.first(10)).items()).isEmpty();
        assertThat(storm.queries
                        .ask(new Query.HistoryQuery(channel, null, 10), PATIENCE)
                        .messages())
                .isEmpty();
        assertThat(storm.messages.findAll(List.of(message)).getFirst().text().content())
                .isEmpty();
        storm.redis.del("storm:q:{" + new Partitions(16).of(channel) + "}:seen:" + message);
        storm.send(TestInstallation.message(message, channel, ann, "back again"));
        storm.send(TestInstallation.message(channel, ann, "last"));
        assertThat(published(3).get(2))
                .isInstanceOfSatisfying(
                        ServerEvent.MessageNew.class,
                        last -> assertThat(last.content()).isEqualTo("last"));
    }

    @Test
    void moderatorDeletesWhatOthersSent() {
        UserId moderator = TestInstallation.newUser();
        storm.send(new Job.DeleteMessage(
                Job.newId(), message, channel, moderator, true, TestInstallation.CLOCK.instant(), ""));

        assertThat(published(2).get(1)).isInstanceOf(ServerEvent.MessageDeleted.class);
    }

    @Test
    void othersDeleteNothing() {
        storm.send(
                new Job.DeleteMessage(Job.newId(), message, channel, bob, false, TestInstallation.CLOCK.instant(), ""));

        assertThat(awaitDeadLetter().failureReason()).isEqualTo("not_the_sender");
        assertThat(storm.messages.find(channel, message)).isPresent();
    }

    private Job.EditMessage edit(UserId editor, String text) {
        return new Job.EditMessage(Job.newId(), message, channel, editor, text, TestInstallation.CLOCK.instant(), "");
    }

    private List<ServerEvent> published(int count) {
        await().atMost(PATIENCE)
                .until(() -> storm.events.after(channel, 0, 1000).frames().size() >= count);
        return storm.events.after(channel, 0, 1000).frames().stream()
                .<ServerEvent>map(
                        frame -> ServerFrame.decode(frame.text()).orElseThrow().event())
                .toList();
    }

    private DeadLetter awaitDeadLetter() {
        DeadLetterFilter all = new DeadLetterFilter(null, null);
        await().atMost(PATIENCE)
                .until(() -> !deadLetters.list(all, 10, null).items().isEmpty());
        return deadLetters.list(all, 10, null).items().getFirst();
    }
}
