package storm.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import storm.e2e.PeopleTest;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.people.Words;
import storm.e2e.web.PlainRest;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.Message;

/// What an operator does, and what happens to one: more containers, dead ones, all of them anew.
@RunsInContainers
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsIT extends PeopleTest {
    private static final Pattern UPSTREAM = Pattern.compile("\"path\":\"(/[a-z]+)[^}]*\"upstream\":\"([0-9.]+):");
    private static final int MESSAGES = 60;

    private final ContainerStorm storm;

    OperationsIT(ContainerStorm storm) {
        super(storm);
        this.storm = storm;
    }

    @Test
    @Order(1)
    void moreContainersShareTheWork() {
        storm.scale(Map.of("ws", 3, "worker", 2, "rest", 2));
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        List<Phone> phones = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            phones.add(ann.phone());
            phones.add(bob.phone());
        }

        for (Phone phone : phones) {
            phone.send(channel, Words.text());
        }

        for (Phone phone : phones) {
            assertThat(phone.awaitMessages(channel, phones.size()))
                    .extracting(ServerEvent.MessageNew::seq)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, phones.size())
                            .asLongStream()
                            .boxed()
                            .toList());
        }
        people.close();
        assertThat(upstreams("/ws")).as("gateways that were used").hasSizeGreaterThan(1);
        assertThat(upstreams("/api")).as("rest servers that were used").hasSizeGreaterThan(1);
    }

    @Test
    @Order(2)
    void whatWasAckedIsThereOnceAndInOrderThoughOneOfEachIsKilledUnderLoad() throws Exception {
        storm.scale(Map.of("ws", 2, "worker", 2, "rest", 2));
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        Phone bobs = bob.phone();
        Set<String> acked;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Phone anns = ann.phone();
            Future<Set<String>> bySocket = senders.submit(() -> sendAll(text -> anns.send(channel, text)));
            Future<Set<String>> byRest = senders.submit(() -> sendAll(text -> post(ann, channel, text)));
            bobs.awaitMessages(channel, MESSAGES / 4);
            for (String part : List.of("worker", "ws", "rest")) {
                Docker.run("kill", storm.containers(part).getFirst());
            }
            acked = new HashSet<>(bySocket.get());
            acked.addAll(byRest.get());
        }

        assertThat(acked).hasSize(2 * MESSAGES);
        storm.up();
        Awaitility.await("every acked message stored")
                .atMost(Duration.ofMinutes(3))
                .until(() -> history(ann, channel).size() >= acked.size());
        List<Message> stored = history(ann, channel);
        assertThat(stored).extracting(Message::content).containsExactlyInAnyOrderElementsOf(acked);
        // Newest first.
        assertThat(stored.reversed()).extracting(Message::seq).isSorted().doesNotHaveDuplicates();
        assertThat(bobs.awaitMessages(channel, acked.size()))
                .extracting(ServerEvent.MessageNew::seq)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(3)
    void everythingIsFoundAgainAfterAllWasTakenAwayAndStartedAnew() {
        storm.scale(Map.of("ws", 1, "worker", 1, "rest", 1));
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        List<String> texts = IntStream.range(0, 10).mapToObj(_ -> Words.text()).toList();
        texts.forEach(text -> ann.post(channel, text));
        Awaitility.await().until(() -> history(ann, channel).size() == texts.size());
        Map<String, String> secrets = storm.secrets();

        storm.restart();

        assertThat(storm.secrets()).isEqualTo(secrets);
        // A token of before is good: the keys are the same.
        assertThat(ann.rest().get("/users/me").status()).isEqualTo(200);
        Person again = people.signIn(bob.email(), bob.password());
        assertThat(history(again, channel)).extracting(Message::content).containsExactlyElementsOf(texts.reversed());
        Phone phone = again.phone();
        ann.post(channel, texts.getFirst());
        assertThat(phone.awaitMessages(channel, 1))
                .extracting(ServerEvent.MessageNew::seq)
                .containsExactly(texts.size() + 1L);
        assertThat(admin().client().users().me().email()).isEqualTo(storm.adminEmail());
    }

    private interface Sender {
        void send(String text) throws Exception;
    }

    /// Sends one after another, each until it is acked, and returns what was.
    private static Set<String> sendAll(Sender sender) throws Exception {
        Set<String> acked = new HashSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            String text = Words.text();
            sender.send(text);
            acked.add(text);
        }
        return acked;
    }

    /// Tries again under the same id for as long as the server that died was the one asked.
    private static void post(Person person, ChannelId channel, String text) {
        MessageId id = new MessageId(PlainRest.newId());
        Awaitility.await("the ack of " + id)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(StormException.class)
                .until(() -> {
                    person.post(channel, id, text);
                    return true;
                });
    }

    private static List<Message> history(Person person, ChannelId channel) {
        List<Message> all = new ArrayList<>();
        String cursor = null;
        do {
            var page = person.client().messages().listWithContent(channel, 100, cursor);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }

    private Set<String> upstreams(String path) {
        return storm.logs("nginx")
                .lines()
                .map(UPSTREAM::matcher)
                .filter(matcher -> matcher.find() && matcher.group(1).equals(path))
                .map(matcher -> matcher.group(2))
                .collect(Collectors.toSet());
    }
}
