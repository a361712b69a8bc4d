package storm.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.e2e.web.PlainSocket.Frame;
import storm.protocol.ids.ChannelId;

/// How sockets open, what they are promised, and how they end.
@RunsOn(Topology.SPLIT)
class GatewayPromisesIT extends TwoGateways {
    GatewayPromisesIT(Storm storm) {
        super(storm);
    }

    @Test
    @Shows("opening")
    void aTicketOpensOneSocketAndComesBeforeTheHeader() {
        Person ann = people.join("ann");
        String ticket = ann.client().auth().ticket().ticket();
        List<String> header = List.of("Authorization", "Bearer " + ann.token());

        try (PlainSocket first = PlainSocket.open(with("?ticket=" + ticket), List.of());
                PlainSocket second = PlainSocket.open(with("?ticket=" + ticket), header);
                PlainSocket third = PlainSocket.open(there().socket(), header);
                PlainSocket fourth = PlainSocket.open(with("?token=nonsense"), header)) {
            first.await(frame -> frame.event().equals("connection.ready"));
            assertThat(second.closeCode()).isEqualTo(4001);
            third.await(frame -> frame.event().equals("connection.ready"));
            fourth.await(frame -> frame.event().equals("connection.ready"));
        }
    }

    @Test
    @Shows("opening")
    void aForeignOriginIsRefusedAtTheHandshakeAndAnOwnOneIsNot() {
        Person ann = people.join("ann");
        URI address = with("?token=" + ann.token());

        Throwable refused =
                catchThrowable(() -> PlainSocket.open(address, List.of("Origin", "https://elsewhere.example")));

        assertThat(refused)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        handshake ->
                                assertThat(handshake.getResponse().statusCode()).isEqualTo(403));
        try (PlainSocket own = PlainSocket.open(address, List.of("Origin", OWN_ORIGIN))) {
            own.await(frame -> frame.event().equals("connection.ready"));
        }
    }

    @Test
    @Shows({"opening", "4001"})
    void whoEndsTheSessionClosesItsSocketsEverywhereWithinASecond() {
        Person ann = people.join("ann");
        PlainSocket here = ann.socket();
        PlainSocket there = socketThere(ann);
        Person other = people.signIn(ann.email(), ann.password());
        PlainSocket others = other.socket();
        Instant begun = Instant.now();

        ann.client().auth().logout();

        assertThat(here.closeCode()).isEqualTo(4001);
        assertThat(there.closeCode()).isEqualTo(4001);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
        others.settle();
        try (PlainSocket again = PlainSocket.open(with("?token=" + ann.token()), List.of())) {
            assertThat(again.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    @Shows("opening")
    void whatIsSaidBeforeReadyIsHandledAfterIt() {
        Person ann = people.join("ann");

        try (PlainSocket socket = PlainSocket.open(with("?token=" + ann.token()), List.of())) {
            socket.send("ping", "early", "{}");

            socket.answer("early");
            assertThat(socket.frames().getFirst().event()).isEqualTo("connection.ready");
        }
    }

    @Test
    @Shows({"limits", "4008"})
    void aUserHasAtMostSoManySockets() {
        Person ann = joinThere("ann");
        for (int i = 0; i < PER_USER; i++) {
            ann.socket();
        }

        try (PlainSocket tooMany = PlainSocket.open(with("?token=" + ann.token()), List.of())) {
            assertThat(tooMany.closeCode()).isEqualTo(4008);
        }
    }

    @Test
    @Shows({"limits", "1013"})
    void anAddressBehindTheProxyHasAtMostSoManySocketsAndOthersHaveTheirs() {
        List<PlainSocket> open = new ArrayList<>();
        Person first = people.join("ann");
        Person second = people.join("bob");
        List<String> from = List.of("X-Forwarded-For", "203.0.113.7");
        for (int i = 0; i < PER_ADDRESS; i++) {
            Person person = i < PER_ADDRESS / 2 ? first : second;
            PlainSocket socket = PlainSocket.open(with("?token=" + person.token()), from);
            socket.await(frame -> frame.event().equals("connection.ready"));
            open.add(socket);
        }

        try (PlainSocket tooMany = PlainSocket.open(with("?token=" + second.token()), from);
                PlainSocket elsewhere =
                        PlainSocket.open(with("?token=" + second.token()), List.of("X-Forwarded-For", "203.0.113.8"))) {
            assertThat(tooMany.closeCode()).isEqualTo(1013);
            elsewhere.await(frame -> frame.event().equals("connection.ready"));
        }
        open.forEach(PlainSocket::close);
    }

    @Test
    @Shows({"limits", "error.rate_limited"})
    void theSixtyFirstMessageInAMinuteIsRefusedAndTheSocketStays() {
        Person ann = joinThere("ann");
        String channel = ann.channelWith().value();
        PlainSocket socket = ann.socket();
        String last = PlainRest.newId();

        for (int i = 0; i < 60; i++) {
            socket.say(channel, PlainRest.newId(), Words.text());
        }
        socket.say(channel, last, Words.text());

        Frame limited = socket.answer("send-" + last);
        assertThat(limited.event()).isEqualTo("error.rate_limited");
        assertThat(limited.number("limit")).isEqualTo(60);
        assertThat(limited.number("retryAfter")).isBetween(1L, 61L);
        assertThat(limited.text("window")).isEqualTo("minute");
        socket.settle();
        assertThat(socket.awaitMessages(channel, 60)).hasSize(60);
    }

    @Test
    @Shows({"limits", "1009"})
    void framesMayBe64KibAndNoMoreHoweverTheyAreCut() {
        Person ann = people.join("ann");
        PlainSocket largest = ann.socket();
        largest.sendText(ping("largest", 65_536, "x"));
        assertThat(largest.answer("largest").event()).isEqualTo("pong");

        PlainSocket inFragments = ann.socket();
        inFragments.sendText(ping("fragments", 65_536, "x"), 9_000);
        assertThat(inFragments.answer("fragments").event()).isEqualTo("pong");

        PlainSocket tooLarge = ann.socket();
        tooLarge.sendText(ping("large", 65_537, "x"));
        assertThat(tooLarge.closeCode()).isEqualTo(1009);

        PlainSocket tooManyFragments = ann.socket();
        tooManyFragments.sendText(ping("large", 65_537, "x"), 9_000);
        assertThat(tooManyFragments.closeCode()).isEqualTo(1009);

        PlainSocket bytesCount = ann.socket();
        bytesCount.sendText(ping("wide", 40_000, "ß"), 9_000);
        assertThat(bytesCount.closeCode()).isEqualTo(1009);

        PlainSocket manyMoreFragments = ann.socket();
        manyMoreFragments.sendText(ping("huge", 900_000, "x"), 9_000);
        assertThat(manyMoreFragments.closeCode()).isEqualTo(1009);
    }

    @Test
    @Shows({"limits", "4003"})
    void aBinaryFrameEndsTheSocketWith4003() {
        PlainSocket socket = people.join("ann").socket();

        socket.sendBinary(new byte[] {1, 2, 3});

        assertThat(socket.closeCode()).isEqualTo(4003);
    }

    @Test
    @Shows("order")
    void seqsOfOneChannelAreTheSameAndInOrderAtBothGateways() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        PlainSocket annsElsewhere = socketThere(ann);

        for (int i = 0; i < 25; i++) {
            anns.say(channel, PlainRest.newId(), Words.text());
            bobs.say(channel, PlainRest.newId(), Words.text());
        }

        List<Frame> heard = anns.awaitMessages(channel, 50);
        assertThat(heard)
                .extracting(frame -> frame.number("seq"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(bobs.awaitMessages(channel, 50)).isEqualTo(heard);
        assertThat(annsElsewhere.awaitMessages(channel, 50)).isEqualTo(heard);
        assertThat(heard.stream()
                        .filter(frame -> frame.text("senderId").equals(ann.id().value()))
                        .map(frame -> frame.text("messageId")))
                .containsExactlyElementsOf(acked(anns));
        annsElsewhere.close();
    }

    @Test
    @Shows({"membership", "error.forbidden"})
    void whoIsRemovedHearsNothingMoreWithinASecondAtTheOtherGateway() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        Instant begun = Instant.now();

        bob.client().channels().removeMember(channel, bob.id());
        bobs.await(frame -> frame.is("channel.updated", channel.value())
                && frame.text("change").equals("member_removed"));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
        anns.say(channel.value(), PlainRest.newId(), Words.text());
        anns.awaitMessages(channel.value(), 1);
        bobs.settle();
        assertThat(bobs.messages(channel.value())).isEmpty();
        int asked = 0;
        for (String event : List.of("typing.start", "history.get", "channel.read")) {
            bobs.send(event, "f" + asked, "{\"channelId\":\"" + channel + "\",\"seq\":1}");
            assertThat(bobs.answer("f" + asked++).event()).as(event).isEqualTo("error.forbidden");
        }
        bobs.send("channel.resume", "f", "{\"channels\":[{\"channelId\":\"" + channel + "\",\"afterSeq\":0}]}");
        assertThat(bobs.answer("f").event()).isEqualTo("error.forbidden");
    }

    private static List<String> acked(PlainSocket socket) {
        return socket.frames(frame -> frame.event().equals("message.ack")).stream()
                .map(frame -> frame.text("messageId"))
                .toList();
    }

    /// A ping of exactly so many bytes of its filling's kind.
    private static String ping(String requestId, int length, String filling) {
        String head = "{\"event\":\"ping\",\"requestId\":\"" + requestId + "\",\"payload\":{\"x\":\"";
        return head + filling.repeat(length - head.length() - 3) + "\"}}";
    }

    private URI with(String query) {
        return URI.create(there().socket() + query);
    }
}
