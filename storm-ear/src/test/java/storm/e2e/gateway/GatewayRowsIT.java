package storm.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.e2e.web.PlainSocket.Frame;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;

/// What a client may say, what it is answered, and what the others hear of it at another gateway.
@RunsOn(Topology.SPLIT)
class GatewayRowsIT extends TwoGateways {
    GatewayRowsIT(Storm storm) {
        super(storm);
    }

    @Test
    @Shows({"message.send", "message.new"})
    void messageSendIsAckedAndReachesTheMembersOfBothGateways() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        Person eve = joinThere("eve");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket annsElsewhere = socketThere(ann);
        PlainSocket bobs = bob.socket();
        PlainSocket eves = eve.socket();
        String id = PlainRest.newId();
        String text = Words.text();

        anns.say(channel, id, text);

        assertThat(anns.answer("send-" + id).text("status")).isEqualTo("queued");
        for (PlainSocket socket : List.of(anns, annsElsewhere, bobs)) {
            Frame message = socket.awaitMessages(channel, 1).getFirst();
            assertThat(message.text("messageId")).isEqualTo(id);
            assertThat(message.text("senderId")).isEqualTo(ann.id().value());
            assertThat(message.text("content")).isEqualTo(text);
            assertThat(message.requestId()).isEmpty();
        }
        eves.settle();
        assertThat(eves.frames(frame -> frame.event().startsWith("message."))).isEmpty();
        annsElsewhere.close();
    }

    @Test
    @Shows({"message.received", "message.receipt"})
    void messageReceivedIsToldToTheSenderAsAReceipt() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        String id = PlainRest.newId();
        anns.say(channel, id, Words.text());
        bobs.awaitMessages(channel, 1);

        bobs.send("message.received", "", "{\"messageIds\":[\"" + id + "\"]}");

        Frame receipt = anns.await(frame -> frame.is("message.receipt", channel));
        assertThat(receipt.payload().getJsonArray("messageIds").getString(0)).isEqualTo(id);
        assertThat(receipt.text("userId")).isEqualTo(bob.id().value());
        bobs.settle();
        assertThat(bobs.frames(frame -> frame.event().equals("message.receipt")))
                .isEmpty();
    }

    @Test
    @Shows("channel.resume")
    void channelResumeSendsWhatWasMissedInOrderThenSaysSo() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        for (int i = 0; i < 8; i++) {
            anns.say(channel, PlainRest.newId(), Words.text());
        }
        anns.awaitMessages(channel, 8);
        PlainSocket bobs = bob.socket();

        bobs.send("channel.resume", "r", resume(channel, 3));

        Frame resumed = bobs.answer("r");
        assertThat(resumed.event()).isEqualTo("channel.resumed");
        assertThat(resumed.number("upToSeq")).isEqualTo(8);
        assertThat(resumed.payload().getBoolean("complete")).isTrue();
        assertThat(seqs(bobs, channel)).containsExactly(4L, 5L, 6L, 7L, 8L);
        anns.say(channel, PlainRest.newId(), Words.text());
        bobs.awaitMessages(channel, 6);
        assertThat(seqs(bobs, channel)).endsWith(9L);
    }

    @Test
    @Shows("channel.resume")
    void aResumeFromAfterTheNewestIsIncomplete() {
        Person ann = people.join("ann");
        String channel = ann.channelWith().value();
        PlainSocket anns = ann.socket();
        anns.say(channel, PlainRest.newId(), Words.text());
        anns.awaitMessages(channel, 1);

        anns.send("channel.resume", "r", resume(channel, 77));

        assertThat(anns.answer("r").payload().getBoolean("complete")).isFalse();
    }

    @Test
    @Shows("history.get")
    void historyGetGivesPagesWithTextsNewestFirst() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        List<String> texts = LongStream.range(0, 5).mapToObj(_ -> Words.text()).toList();
        texts.forEach(text -> anns.say(channel, PlainRest.newId(), text));
        PlainSocket bobs = bob.socket();
        Awaitility.await().until(() -> anns.messages(channel).size() == 5);

        bobs.send("history.get", "h1", "{\"channelId\":\"" + channel + "\",\"limit\":3}");
        Frame first = bobs.answer("h1");
        bobs.send("history.get", "h2", "{\"channelId\":\"" + channel + "\",\"beforeSeq\":3,\"limit\":3}");
        Frame second = bobs.answer("h2");

        assertThat(contents(first)).containsExactly(texts.get(4), texts.get(3), texts.get(2));
        assertThat(first.payload().getBoolean("hasMore")).isTrue();
        assertThat(contents(second)).containsExactly(texts.get(1), texts.get(0));
        assertThat(second.payload().getBoolean("hasMore")).isFalse();
    }

    @Test
    @Shows("channel.read")
    void channelReadReachesTheOtherMembersAlone() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        anns.say(channel, PlainRest.newId(), Words.text());
        bobs.awaitMessages(channel, 1);

        bobs.send("channel.read", "", "{\"channelId\":\"" + channel + "\",\"seq\":1}");

        Frame read = anns.await(frame -> frame.is("channel.read", channel));
        assertThat(read.text("userId")).isEqualTo(bob.id().value());
        assertThat(read.number("seq")).isEqualTo(1);
        bobs.settle();
        assertThat(bobs.frames(frame -> frame.event().equals("channel.read"))).isEmpty();
    }

    @Test
    @Shows({"typing.start", "typing.stop", "typing"})
    void typingReachesTheOtherMembersAndEndsByItselfAfterSixSeconds() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();

        anns.send("typing.start", "", "{\"channelId\":\"" + channel + "\"}");
        bobs.await(frame -> frame.is("typing", channel) && frame.payload().getBoolean("active"));
        anns.send("typing.stop", "", "{\"channelId\":\"" + channel + "\"}");
        bobs.await(frame -> frame.is("typing", channel) && !frame.payload().getBoolean("active"));
        Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        anns.send("typing.start", "", "{\"channelId\":\"" + channel + "\"}");
        Instant begun = Instant.now();
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> bobs.frames(frame -> frame.is("typing", channel)).size() == 4);

        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(5));
        assertThat(bobs.frames(frame -> frame.is("typing", channel)))
                .extracting(frame -> frame.payload().getBoolean("active"))
                .containsExactly(true, false, true, false);
        anns.settle();
        assertThat(anns.frames(frame -> frame.event().equals("typing"))).isEmpty();
    }

    @Test
    @Shows({"presence.subscribe", "presence.unsubscribe", "presence.changed", "presence"})
    void presenceIsTrueOverBothGatewaysAndStrangersStayOffline() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        Person eve = joinThere("eve");
        ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        PlainSocket eves = eve.socket();
        String userIds = "{\"userIds\":[\"" + bob.id() + "\",\"" + eve.id() + "\"]}";

        anns.send("presence.subscribe", "p", userIds);

        Frame snapshot = anns.answer("p");
        assertThat(snapshot.event()).isEqualTo("presence.snapshot");
        assertThat(snapshot.payload().getJsonArray("users").toString())
                .contains("{\"isOnline\":false,\"lastSeenAt\":null,\"userId\":\"" + eve.id() + "\"}");
        PlainSocket bobs = bob.socket();
        PlainSocket bobsElsewhere = PlainSocket.ready(storm.address().socket(), bob.token());
        anns.await(frame -> presence(frame, bob, true));
        bobs.close();
        bobsElsewhere.settle();
        anns.settle();
        assertThat(anns.frames(frame -> presence(frame, bob, false))).isEmpty();
        bobsElsewhere.close();
        anns.await(frame -> presence(frame, bob, false));
        anns.send("presence.unsubscribe", "", userIds);
        anns.settle();
        bob.socket();
        anns.settle();
        assertThat(anns.frames(frame -> presence(frame, bob, true))).hasSize(1);
        assertThat(anns.frames(frame -> frame.event().equals("presence.changed")
                        && frame.text("userId").equals(eve.id().value())))
                .isEmpty();
        eves.close();
    }

    @Test
    @Shows({"session.renew", "4001"})
    void sessionRenewGoesOnWithANewerTokenAndABadOneEndsIt() {
        Person ann = people.join("ann");
        PlainSocket socket = socketThere(ann);
        Person again = people.signIn(ann.email(), ann.password());

        socket.send("session.renew", "s", "{\"token\":\"" + again.token() + "\"}");
        Frame renewed = socket.answer("s");
        socket.send("session.renew", "t", "{\"token\":\"nonsense\"}");

        assertThat(renewed.event()).isEqualTo("session.renewed");
        assertThat(Instant.parse(renewed.text("expiresAt")))
                .isAfter(Instant.now().plusSeconds(600));
        assertThat(socket.closeCode()).isEqualTo(4001);
    }

    @Test
    @Shows({"ping", "heartbeat"})
    void pingIsAnsweredByPong() {
        PlainSocket socket = people.join("ann").socket();

        socket.send("ping", "p", "{}");

        assertThat(socket.answer("p").event()).isEqualTo("pong");
        assertThat(Instant.parse(socket.answer("p").text("serverTs")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    @Shows({"message.edited", "message.deleted"})
    void editsAndDeletionsAreEventsWithASeqOfTheirOwn() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket bobs = bob.socket();
        MessageId id = new MessageId(PlainRest.newId());
        ann.post(channel, id, Words.text());
        bobs.awaitMessages(channel.value(), 1);
        String edited = Words.text();

        ann.client().messages().edit(channel, id, edited);
        Frame edit = bobs.await(frame -> frame.is("message.edited", channel.value()));
        ann.client().messages().delete(channel, id);
        Frame deletion = bobs.await(frame -> frame.is("message.deleted", channel.value()));

        assertThat(edit.text("content")).isEqualTo(edited);
        assertThat(edit.text("messageId")).isEqualTo(id.value());
        assertThat(edit.number("seq")).isEqualTo(2);
        assertThat(deletion.number("seq")).isEqualTo(3);
        assertThat(deletion.text("deletedBy")).isEqualTo(ann.id().value());
    }

    @Test
    @Shows("channel.updated")
    void channelUpdatedTellsEveryChangeToTheMembersAndToWhoIsConcerned() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        ChannelId channel = ann.channelWith(bob);
        var channels = ann.client().channels();
        var admins = admin().client().channels();

        channels.update(channel, new UpdateChannelRequest(Words.name("renamed"), null, null));
        admins.archive(channel, true);
        bobs.await(frame -> changed(frame, channel, "archived"));
        bobs.say(channel.value(), "3f2b8a1e-9c47-4d21-8f3a-2b5d6e7f8a9b", Words.text());
        assertThat(bobs.answer("send-3f2b8a1e-9c47-4d21-8f3a-2b5d6e7f8a9b").event())
                .isEqualTo("error.forbidden");
        admins.archive(channel, false);
        bob.client().channels().removeMember(channel, bob.id());
        bobs.await(frame -> changed(frame, channel, "member_removed"));
        channels.addMember(channel, bob.id());
        admins.delete(channel);

        bobs.await(frame -> changed(frame, channel, "deleted"));
        anns.await(frame -> changed(frame, channel, "deleted"));
        assertThat(bobs.frames(frame -> frame.is("channel.updated", channel.value())))
                .extracting(frame -> frame.text("change"))
                .containsExactly(
                        "member_added",
                        "updated",
                        "archived",
                        "unarchived",
                        "member_removed",
                        "member_added",
                        "deleted");
    }

    private static boolean changed(Frame frame, ChannelId channel, String change) {
        return frame.is("channel.updated", channel.value())
                && frame.text("change").equals(change);
    }

    private static boolean presence(Frame frame, Person person, boolean online) {
        return frame.event().equals("presence.changed")
                && frame.text("userId").equals(person.id().value())
                && frame.payload().getBoolean("isOnline") == online;
    }

    private static List<String> contents(Frame page) {
        return page.payload().getJsonArray("messages").stream()
                .map(message -> message.asJsonObject().getString("content"))
                .toList();
    }

    private static List<Long> seqs(PlainSocket socket, String channel) {
        return socket.messages(channel).stream()
                .map(frame -> frame.number("seq"))
                .toList();
    }

    private static String resume(String channel, long afterSeq) {
        return "{\"channels\":[{\"channelId\":\"" + channel + "\",\"afterSeq\":" + afterSeq + "}]}";
    }
}
