package storm.e2e.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import storm.client.audit.AuditCalls;
import storm.e2e.StormTest;
import storm.e2e.console.Undeliverable;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.protocol.audit.AuditEntry;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.Message;

/// Two moderators who press the same buttons at the same time, each more than once.
@RunsOn(Topology.SPLIT)
class DeadLettersAtOnceIT extends StormTest {
    private static final int PRESSES = 4;
    private static final int ALL = 100;

    DeadLettersAtOnceIT(Storm storm) {
        super(storm);
    }

    @Test
    void everyLetterIsHandledExactlyOnceAndItsSenderAndTheAuditLogKnow() throws Exception {
        Person admin = admin();
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        Phone sender = bob.phone();
        Undeliverable.send(storm, admin, bob, channel, 9);
        List<DeadLetter> letters = letters(admin, channel);
        assertThat(letters).hasSize(9).allSatisfy(letter -> {
            assertThat(letter.failureReason()).isEqualTo("not_a_member");
            assertThat(letter.senderId()).isEqualTo(bob.id());
        });
        await().untilAsserted(() -> assertThat(sender.heard(ServerEvent.MessageFailed.class))
                .extracting(ServerEvent.MessageFailed::messageId)
                .containsExactlyInAnyOrderElementsOf(
                        letters.stream().map(DeadLetter::messageId).toList()));
        ann.client().channels().addMember(channel, bob.id()); // The cause is mended.
        Person one = moderator("mod");
        Person other = moderator("mod");

        DeadLetter first = letters.getFirst();
        List<PlainRest.Answer> answers =
                atOnce(List.of(one, other), each -> each.rest().post("/dead-letters/" + first.id() + "/retry", ""));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 202)
                .hasSize(1)
                .allSatisfy(
                        answer -> assertThat(answer.data().getInt("retried")).isEqualTo(1));
        assertThat(answers).filteredOn(answer -> answer.status() == 404).hasSize(2 * PRESSES - 1);

        // The same four by ids, of which one is gone already.
        String four = "{\"ids\":[\"%s\",\"%s\",\"%s\",\"%s\"]}"
                .formatted(
                        first.id(),
                        letters.get(1).id(),
                        letters.get(2).id(),
                        letters.get(3).id());
        assertThat(sum(
                        "retried",
                        atOnce(List.of(one, other), each -> each.rest().post("/dead-letters/retry", four))))
                .isEqualTo(3);

        // What is left by filter: one retries all, the other discards all.
        String all = "{\"filter\":{\"channelId\":\"%s\"}}".formatted(channel);
        List<PlainRest.Answer> race = atOnce(
                List.of(one, other),
                each -> each.rest().post(each == one ? "/dead-letters/retry" : "/dead-letters/discard", all));
        long retried = sum("retried", race);
        long discarded = sum("discarded", race);
        assertThat(retried + discarded).isEqualTo(5);
        assertThat(letters(admin, channel)).isEmpty();

        int expected = (int) (4 + retried);
        await().until(() -> texts(ann, channel).size() >= expected);
        bob.post(channel, "the last");
        await().until(() -> texts(ann, channel).size() > expected);
        assertThat(texts(ann, channel)).hasSize(expected + 1).doesNotHaveDuplicates();
        assertThat(sender.heard(ServerEvent.MessageFailed.class)).hasSize(9);

        List<AuditEntry> single = audit(admin, "deadletter.retry", "deadletter:" + first.id());
        assertThat(single)
                .hasSize(1)
                .allSatisfy(entry -> assertThat(entry.actorId()).isIn(one.id(), other.id()));
        assertThat(handled(audit(admin, "deadletter.retry", "deadletters"), one, other, "retried"))
                .isEqualTo(3 + retried);
        assertThat(handled(audit(admin, "deadletter.discard", "deadletters"), one, other, "discarded"))
                .isEqualTo(discarded);
    }

    /// Something that a person asks for.
    @FunctionalInterface
    private interface Press {
        PlainRest.Answer by(Person person);
    }

    private static List<PlainRest.Answer> atOnce(List<Person> persons, Press press) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        List<Future<PlainRest.Answer>> pressed = new ArrayList<>();
        List<PlainRest.Answer> answers = new ArrayList<>();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PRESSES; i++) {
                for (Person person : persons) {
                    Callable<PlainRest.Answer> hand = () -> {
                        ready.await();
                        return press.by(person);
                    };
                    pressed.add(hands.submit(hand));
                }
            }
            ready.countDown();
            for (Future<PlainRest.Answer> each : pressed) {
                answers.add(each.get());
            }
        }
        return answers;
    }

    private static long sum(String what, List<PlainRest.Answer> answers) {
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 202));
        return answers.stream()
                .mapToLong(answer -> answer.data().getInt(what, 0))
                .sum();
    }

    private static List<DeadLetter> letters(Person staff, ChannelId channel) {
        return staff.client()
                .deadLetters()
                .list(new DeadLetterFilter(channel, null), ALL, null)
                .items();
    }

    private static List<MessageId> texts(Person reader, ChannelId channel) {
        return reader.client().messages().list(channel, ALL, null).items().stream()
                .map(Message::messageId)
                .toList();
    }

    private static List<AuditEntry> audit(Person admin, String action, String target) {
        return admin.client()
                .audit()
                .list(new AuditCalls.Filter(null, action, target, null, null), ALL, null)
                .items();
    }

    private static long handled(List<AuditEntry> entries, Person one, Person other, String what) {
        return entries.stream()
                .filter(entry ->
                        entry.actorId().equals(one.id()) || entry.actorId().equals(other.id()))
                .mapToLong(entry -> Long.parseLong(entry.details().getOrDefault(what, "0")))
                .sum();
    }
}
