package storm.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Part;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.e2e.web.PlainSocket.Frame;
import storm.protocol.ids.ChannelId;
import storm.protocol.messages.Message;

/// The worker dies, freezes, or is joined by another.
@RunsOn(Topology.SPLIT)
class WorkerCrashIT extends StormTest {
    WorkerCrashIT(Storm storm) {
        super(storm);
    }

    @Test
    void aWorkerKilledBetweenTwoMessagesDeliversBothOnceAfterItsRestart() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();

        List<String> sent = new ArrayList<>(say(anns, channel, 1));
        storm.worker().kill();
        sent.addAll(say(anns, channel, 3));
        assertThat(storm.worker().isRunning()).isFalse();
        storm.worker().start();

        mustHaveArrivedOnce(channel, sent, ann, List.of(anns, bobs));
    }

    @Test
    void aWorkerKilledUnderLoadLosesNothingThatWasAcked() throws InterruptedException {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        List<String> sent = new ArrayList<>();
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 400; i++) {
                sent.addAll(say(anns, channel, 1));
            }
        });

        bobs.awaitMessages(channel.value(), 50);
        storm.worker().kill();
        sender.join();
        storm.worker().start();

        mustHaveArrivedOnce(channel, sent, ann, List.of(anns, bobs));
    }

    @Test
    void aSecondWorkerTakesOverFromOneThatFrozeAndItsLateWorkChangesNothing() {
        Person ann = people.join("ann");
        List<ChannelId> channels = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            channels.add(ann.channelWith());
        }
        PlainSocket socket = ann.socket();
        ServerProcess second = storm.startAnother(Part.WORKER, "worker-2");
        try {
            List<List<String>> sent = new ArrayList<>();
            for (ChannelId channel : channels) {
                sent.add(new ArrayList<>(say(socket, channel, 20)));
            }
            storm.worker().freeze();
            try {
                for (int i = 0; i < channels.size(); i++) {
                    sent.get(i).addAll(say(socket, channels.get(i), 20));
                }
                for (ChannelId channel : channels) {
                    socket.awaitMessages(channel.value(), 40);
                }
            } finally {
                storm.worker().thaw();
            }
            for (int i = 0; i < channels.size(); i++) {
                sent.get(i).addAll(say(socket, channels.get(i), 5));
            }
            for (int i = 0; i < channels.size(); i++) {
                mustHaveArrivedOnce(channels.get(i), sent.get(i), ann, List.of(socket));
            }
        } finally {
            storm.remove(second);
        }
    }

    @Test
    void aWorkerThatLeavesInOrderHandsItsChannelsOverAtOnce() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        PlainSocket socket = ann.socket();
        ServerProcess second = storm.startAnother(Part.WORKER, "worker-2");
        List<String> sent = new ArrayList<>(say(socket, channel, 5));

        storm.remove(second);
        sent.addAll(say(socket, channel, 5));

        mustHaveArrivedOnce(channel, sent, ann, List.of(socket));
    }

    /// Sends and waits for the acks.
    private static List<String> say(PlainSocket socket, ChannelId channel, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = PlainRest.newId();
            socket.say(channel.value(), id, Words.text());
            assertThat(socket.answer("send-" + id).event()).isEqualTo("message.ack");
            ids.add(id);
        }
        return ids;
    }

    /// Every id came once on every socket, in the order of the acks, with growing seqs, and lies in the store once.
    private static void mustHaveArrivedOnce(
            ChannelId channel, List<String> ids, Person reader, List<PlainSocket> sockets) {
        for (PlainSocket socket : sockets) {
            List<Frame> messages = socket.awaitMessages(channel.value(), ids.size());
            socket.settle();
            assertThat(messages).extracting(frame -> frame.text("messageId")).containsExactlyElementsOf(ids);
            assertThat(messages.stream().map(frame -> frame.number("seq")))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(socket.messages(channel.value())).hasSameSizeAs(ids);
        }
        List<String> stored = new ArrayList<>();
        String cursor = null;
        do {
            var page = reader.client().messages().list(channel, 100, cursor);
            stored.addAll(page.items().stream()
                    .map(Message::messageId)
                    .map(Object::toString)
                    .toList());
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(stored.reversed()).containsExactlyElementsOf(ids);
    }
}
