package storm.e2e.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import storm.e2e.PeopleTest;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.people.Words;
import storm.e2e.servers.RunningStorm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.e2e.web.PlainSocket.Frame;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.messages.AckStatus;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.messages.Message;
import storm.protocol.messages.SendStatus;
import storm.protocol.rest.Page;

/// Sending and receiving.
public abstract class MessagesFacts extends PeopleTest {
    protected MessagesFacts(RunningStorm storm) {
        super(storm);
    }

    @Test
    void aMessageReachesEverySocketOfEveryMemberAndNobodyElse() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        Person eve = people.join("eve");
        String channel = ann.channelWith(bob).value();
        PlainSocket annsPhone = ann.socket();
        PlainSocket annsTablet = ann.socket();
        PlainSocket bobs = bob.socket();
        PlainSocket eves = eve.socket();
        String id = PlainRest.newId();
        String text = Words.text();

        annsPhone.say(channel, id, text);

        Frame ack = annsPhone.answer("send-" + id);
        assertThat(ack.event()).isEqualTo("message.ack");
        assertThat(ack.text("messageId")).isEqualTo(id);
        assertThat(ack.text("status")).isEqualTo("queued");
        for (PlainSocket socket : List.of(annsPhone, annsTablet, bobs)) {
            Frame message = socket.awaitMessages(channel, 1).getFirst();
            assertThat(message.requestId()).isEmpty();
            assertThat(message.text("messageId")).isEqualTo(id);
            assertThat(message.text("senderId")).isEqualTo(ann.id().value());
            assertThat(message.text("content")).isEqualTo(text);
            assertThat(message.text("clientTs")).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(message.number("seq")).isEqualTo(1);
        }
        eves.settle();
        assertThat(eves.frames(frame -> frame.event().startsWith("message."))).isEmpty();
        assertThat(annsTablet.frames(frame -> frame.event().equals("message.ack")))
                .isEmpty();
    }

    @Test
    void aMessageSentByRestReachesTheSameSockets() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        Person eve = people.join("eve");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        PlainSocket eves = eve.socket();
        String text = Words.text();

        assertThat(ann.post(channel, text).status()).isEqualTo(SendStatus.PENDING);

        for (PlainSocket socket : List.of(anns, bobs)) {
            assertThat(socket.awaitMessages(channel.value(), 1).getFirst().text("content"))
                    .isEqualTo(text);
        }
        eves.settle();
        assertThat(eves.frames(frame -> frame.event().startsWith("message."))).isEmpty();
    }

    @Test
    void twoPeopleTalkThroughTheClient() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        Phone anns = ann.phone();
        Phone bobs = bob.phone();
        String question = Words.text();
        String answer = Words.text();

        assertThat(anns.send(channel, question).status()).isEqualTo(AckStatus.QUEUED);
        bobs.awaitMessages(channel, 1);
        bobs.send(channel, answer);

        for (Phone phone : List.of(anns, bobs)) {
            assertThat(phone.awaitMessages(channel, 2))
                    .extracting(ServerEvent.MessageNew::content)
                    .containsExactly(question, answer);
        }
    }

    /// Held against the frames as they came, not against the client, which would put them right.
    @Test
    void aBurstOfSeveralSendersArrivesInSeqOrderWithoutGapsOrRepeats() throws Exception {
        int each = 60;
        List<Person> senders = List.of(people.join("ann"), people.join("bob"), people.join("cem"));
        String channel =
                senders.get(0).channelWith(senders.get(1), senders.get(2)).value();
        List<PlainSocket> sockets = senders.stream().map(Person::socket).toList();

        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = new ArrayList<>();
            for (PlainSocket socket : sockets) {
                sending.add(all.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        socket.say(channel, PlainRest.newId(), i + " " + Words.text());
                    }
                }));
            }
            for (Future<?> one : sending) {
                one.get();
            }
        }

        int total = each * senders.size();
        for (PlainSocket socket : sockets) {
            List<Frame> messages = socket.awaitMessages(channel, total);
            assertThat(messages)
                    .extracting(frame -> frame.number("seq"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, total).boxed().toList());
            for (Person sender : senders) {
                assertThat(messages.stream()
                                .filter(frame -> frame.text("senderId")
                                        .equals(sender.id().value()))
                                .map(frame ->
                                        Integer.valueOf(frame.text("content").split(" ")[0])))
                        .as("the order in which %s sent", sender.username())
                        .isSorted()
                        .hasSize(each);
            }
        }
        assertThat(sockets.get(1).messages(channel)).isEqualTo(sockets.get(0).messages(channel));
        assertThat(sockets.get(2).messages(channel)).isEqualTo(sockets.get(0).messages(channel));
    }

    @Test
    void anIdIsStoredOnceHoweverItIsSentAgain() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        PlainSocket socket = ann.socket();
        String id = PlainRest.newId();
        String text = Words.text();

        socket.say(channel.value(), id, text);
        socket.awaitMessages(channel.value(), 1);
        socket.say(channel.value(), id, text);
        PlainRest.Answer again = ann.rest().post("/channels/" + channel + "/messages", PlainRest.message(id, text));
        socket.say(channel.value(), PlainRest.newId(), Words.text());
        socket.awaitMessages(channel.value(), 2);

        assertThat(socket.frames(frame -> frame.requestId().equals("send-" + id)))
                .extracting(frame -> frame.text("status"))
                .containsExactly("queued", "duplicate");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.data().getString("status")).isEqualTo("duplicate");
        assertThat(socket.messages(channel.value()))
                .extracting(frame -> frame.text("messageId"))
                .doesNotHaveDuplicates();
        assertThat(ann.client().messages().list(channel, 50, null).items()).hasSize(2);
    }

    @Test
    void someoneWhoIsNoMemberCanNeitherSendNorRead() {
        Person ann = people.join("ann");
        Person eve = people.join("eve");
        ChannelId channel = ann.channelWith();
        PlainSocket anns = ann.socket();
        PlainSocket eves = eve.socket();
        String id = PlainRest.newId();

        eves.say(channel.value(), id, Words.text());

        Frame refusal = eves.answer("send-" + id);
        assertThat(refusal.event()).isEqualTo("error.forbidden");
        assertThat(refusal.text("channelId")).isEqualTo(channel.value());
        PlainRest.Answer send = eve.rest()
                .post("/channels/" + channel + "/messages", PlainRest.message(PlainRest.newId(), Words.text()));
        assertThat(send.status()).isEqualTo(403);
        assertThat(send.code()).isEqualTo("FORBIDDEN");
        assertThat(eve.rest().get("/channels/" + channel + "/messages").status())
                .isEqualTo(403);
        assertThat(eve.rest().get("/channels/" + channel).status()).isEqualTo(403);
        ann.post(channel, Words.text());
        assertThat(anns.awaitMessages(channel.value(), 1)).hasSize(1);
        assertThat(ann.client().messages().list(channel, 50, null).items()).hasSize(1);
    }

    @Test
    void membershipCountsFromTheMomentItChanges() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();

        ann.client().channels().addMember(channel, bob.id());
        bobs.await(frame -> frame.is("channel.updated", channel.value())
                && frame.text("change").equals("member_added"));
        ann.post(channel, Words.text());
        bobs.awaitMessages(channel.value(), 1);

        bob.client().channels().removeMember(channel, bob.id());
        anns.await(frame -> frame.is("channel.updated", channel.value())
                && frame.text("change").equals("member_removed"));
        ann.post(channel, Words.text());
        anns.awaitMessages(channel.value(), 2);
        bobs.settle();
        assertThat(bobs.messages(channel.value())).hasSize(1);
        String id = PlainRest.newId();
        bobs.say(channel.value(), id, Words.text());
        assertThat(bobs.answer("send-" + id).event()).isEqualTo("error.forbidden");
    }

    @Test
    void pagesGoThroughEveryMessageOnceNewestFirst() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        PlainSocket socket = ann.socket();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String text = Words.text();
            texts.add(text);
            socket.say(channel.value(), PlainRest.newId(), text);
        }
        socket.awaitMessages(channel.value(), 25);

        List<Message> read = new ArrayList<>();
        Page<Message> page = ann.client().messages().listWithContent(channel, 7, null);
        read.addAll(page.items());
        while (page.hasNextPage()) {
            assertThat(page.items()).hasSize(7);
            page = ann.client().messages().listWithContent(channel, 7, page.nextCursor());
            read.addAll(page.items());
        }

        assertThat(read).extracting(Message::content).containsExactlyElementsOf(texts.reversed());
        assertThat(read)
                .extracting(Message::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 25)
                        .map(seq -> 26 - seq)
                        .boxed()
                        .toList());
        Set<String> ids = new HashSet<>(read.stream().map(Message::id).toList());
        assertThat(ids).hasSize(25);
        assertThat(read).extracting(Message::deliveryStatus).containsOnly(DeliveryStatus.DELIVERED);
        assertThat(ann.client().messages().list(channel, 50, null).items())
                .hasSize(25)
                .allSatisfy(message -> assertThat(message.content()).isNull());
    }

    @Test
    void aNewConnectionIsToldOfItsChannelsAndHowFarTheyAre() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId quiet = ann.channelWith();
        ChannelId busy = ann.channelWith(bob);
        ChannelId notHers = bob.channelWith();
        PlainSocket first = ann.socket();
        ann.post(busy, Words.text());
        ann.post(busy, Words.text());
        first.awaitMessages(busy.value(), 2);

        Frame ready = ann.socket().await(frame -> frame.event().equals("connection.ready"));

        assertThat(ready.text("userId")).isEqualTo(ann.id().value());
        assertThat(ready.text("sessionId")).isNotBlank();
        assertThat(ready.text("epoch")).isNotBlank();
        assertThat(ready.payload().getJsonArray("channels").toString())
                .contains("{\"channelId\":\"" + quiet + "\",\"lastSeq\":0}")
                .contains("{\"channelId\":\"" + busy + "\",\"lastSeq\":2}")
                .doesNotContain(notHers.value());
    }
}
