package storm.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import storm.core.presence.Presence;
import storm.core.redis.Keys;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.TokenKeys;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.e2e.web.PlainSocket.Frame;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.SessionId;
import storm.protocol.users.Role;
import storm.wire.Wire;

/// What sockets are told when something goes wrong: with the client, with its token, with the worker, with Redis.
@RunsOn(Topology.SPLIT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewayTroubleIT extends TwoGateways {
    GatewayTroubleIT(Storm storm) {
        super(storm);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    @Shows({"heartbeat", "1000"})
    void aClientOfWhomNothingIsHeardForAMinuteIsClosed() {
        Awaitility.await("the end of the socket")
                .atMost(Duration.ofSeconds(100))
                .until(() -> !silent().isOpen());

        assertThat(silent().closeCode()).isEqualTo(1000);
        assertThat(Duration.between(silentSince(), silent().closedAt()))
                .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(90));
    }

    @Test
    @Shows({"session.expiring", "4001"})
    void theEndOfTheTokenIsToldAndEndsTheSocket() throws IOException {
        Person ann = people.join("ann");
        Instant end = Instant.now().plusSeconds(4);

        try (PlainSocket socket = PlainSocket.ready(there().socket(), tokenUntil(ann, end))) {
            Frame expiring = socket.await(frame -> frame.event().equals("session.expiring"));

            assertThat(Duration.between(Instant.parse(expiring.text("expiresAt")), end))
                    .isLessThan(Duration.ofSeconds(1));
            assertThat(socket.closeCode()).isEqualTo(4001);
            assertThat(Instant.now()).isAfterOrEqualTo(end.minusSeconds(1));
        }
        try (PlainSocket tooLate = PlainSocket.open(
                URI.create(there().socket() + "?token=" + tokenUntil(ann, end.minusSeconds(60))), List.of())) {
            assertThat(tooLate.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    @Shows({"error.invalid_payload", "error.forbidden", "4008", "limits"})
    void theTenthEventInAMinuteThatIsInvalidOrForbiddenEndsTheSocket() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        ChannelId foreign = ann.channelWith();
        PlainSocket bobs = bob.socket();

        bobs.send("no.such.event", "e1", "{}");
        assertThat(bobs.answer("e1").event()).isEqualTo("error.invalid_payload");
        bobs.send("message.send", "e2", "{\"messageId\":7,\"channelId\":\"" + foreign + "\",\"content\":\"\"}");
        Frame invalid = bobs.answer("e2");
        assertThat(invalid.event()).isEqualTo("error.invalid_payload");
        assertThat(invalid.payload().getJsonObject("details").keySet()).contains("content");
        for (int i = 3; i <= 9; i++) {
            bobs.send("typing.start", "e" + i, "{\"channelId\":\"" + foreign + "\"}");
            Frame forbidden = bobs.answer("e" + i);
            assertThat(forbidden.event()).isEqualTo("error.forbidden");
            assertThat(forbidden.text("channelId")).isEqualTo(foreign.value());
        }
        bobs.sendText("{\"event\":\"ping\",\"requestId\":\"p\",\"payload\":{\"new\":1},\"newer\":[]}");
        assertThat(bobs.answer("p").event()).isEqualTo("pong");
        bobs.send("typing.start", "e10", "{\"channelId\":\"" + foreign + "\"}");

        assertThat(bobs.closeCode()).isEqualTo(4008);
    }

    @Test
    @Shows("4003")
    void whatIsNoJsonEndsTheSocket() {
        Person ann = people.join("ann");
        for (String text : List.of("{\"event\":\"ping\"", "", "[]", "{\"x\":[", "\"ping\"")) {
            PlainSocket socket = ann.socket();
            socket.sendText(text);
            assertThat(socket.closeCode()).as(text).isEqualTo(4003);
        }
    }

    @Test
    @Shows({"message.failed", "no loss"})
    void aMessageThatDiesIsToldToAllSocketsOfItsSender() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket bobs = bob.socket();
        PlainSocket bobsElsewhere = PlainSocket.ready(storm.address().socket(), bob.token());
        String id = PlainRest.newId();

        storm.worker().freeze();
        try {
            bobs.say(channel.value(), id, Words.text());
            assertThat(bobs.answer("send-" + id).event()).isEqualTo("message.ack");
            bob.client().channels().removeMember(channel, bob.id());
        } finally {
            storm.worker().thaw();
        }

        for (PlainSocket socket : List.of(bobs, bobsElsewhere)) {
            Frame failed = socket.await(frame -> frame.event().equals("message.failed"));
            assertThat(failed.text("messageId")).isEqualTo(id);
            assertThat(failed.text("channelId")).isEqualTo(channel.value());
            assertThat(failed.text("reason")).isNotBlank();
        }
        bobsElsewhere.close();
    }

    @Test
    @Shows({"error.unavailable", "1013"})
    void withoutAWorkerMessagesAreAckedAndWhatNeedsItIsToldToTryAgain() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith().value();
        PlainSocket anns = ann.socket();
        String id = PlainRest.newId();

        storm.worker().freeze();
        try (PlainSocket newcomer =
                PlainSocket.open(URI.create(there().socket() + "?token=" + bob.token()), List.of())) {
            anns.send("history.get", "h", "{\"channelId\":\"" + channel + "\"}");
            anns.say(channel, id, Words.text());
            Frame unavailable = anns.answer("h");
            assertThat(unavailable.event()).isEqualTo("error.unavailable");
            assertThat(unavailable.number("retryAfter")).isPositive();
            assertThat(anns.answer("send-" + id).event()).isEqualTo("message.ack");
            assertThat(newcomer.closeCode()).isEqualTo(1013);
        } finally {
            storm.worker().thaw();
        }

        anns.awaitMessages(channel, 1);
        bob.socket().settle();
    }

    @Test
    @Shows("no duplicates")
    void oneMessageIdThroughBothGatewaysIsStoredOnce() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        PlainSocket here = ann.socket();
        PlainSocket there = socketThere(ann);
        String id = PlainRest.newId();

        here.say(channel.value(), id, Words.text());
        there.say(channel.value(), id, Words.text());
        String last = PlainRest.newId();
        here.say(channel.value(), last, Words.text());

        assertThat(List.of(
                        here.answer("send-" + id).text("status"),
                        there.answer("send-" + id).text("status")))
                .containsExactlyInAnyOrder("queued", "duplicate");
        for (PlainSocket socket : List.of(here, there)) {
            assertThat(socket.awaitMessages(channel.value(), 2))
                    .extracting(frame -> frame.text("messageId"))
                    .containsExactly(id, last);
        }
        assertThat(ann.client().messages().list(channel, 50, null).items()).hasSize(2);
        there.close();
    }

    @Test
    @Shows({"4009", "slow readers"})
    void aSocketThatIsNotReadIsCutAndNobodyElseMissesAnything() throws IOException {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        String text = "x".repeat(3_900);

        try (Wire stalled = Wire.ready(there().socket(), bob.token())) {
            int sent = 0;
            for (; sent < 1_800; sent++) {
                String id = PlainRest.newId();
                anns.say(channel, id, text);
                if (sent % 50 == 0) {
                    anns.answer("send-" + id); // No more at once than the gateway keeps for one client.
                }
            }
            assertThat(bobs.awaitMessages(channel, sent))
                    .extracting(frame -> frame.number("seq"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, sent).boxed().toList());
            List<Long> read = new ArrayList<>();
            int code = stalled.readToTheEnd(event -> {
                if (event instanceof ServerEvent.MessageNew message) {
                    read.add(message.seq());
                }
            });

            assertThat(code).isEqualTo(4009);
            assertThat(read)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, read.size()).boxed().toList());
        }
    }

    @Test
    @Shows({"order", "no loss"})
    void subscriptionsThatRedisCutsAgainAndAgainLoseNothing() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        String channel = ann.channelWith(bob).value();
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();

        long cut = 0;
        try (Jedis redis = redis()) {
            for (int i = 0; i < 150; i++) {
                anns.say(channel, PlainRest.newId(), Words.text());
                if (i % 50 == 25) {
                    cut += redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
                }
            }
        }

        assertThat(cut).isPositive();
        for (PlainSocket socket : List.of(anns, bobs)) {
            assertThat(socket.awaitMessages(channel, 150))
                    .extracting(frame -> frame.number("seq"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 150).boxed().toList());
            socket.settle();
            assertThat(socket.messages(channel)).hasSize(150);
        }
    }

    @Test
    @Shows("membership")
    void aRemovalThatWasPublishedWhileNobodyListenedCountsAsSoonAsSomebodyDoes() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        PlainSocket bobs = bob.socket();
        bobs.settle();

        try (Jedis redis = redis()) {
            // Whatever connects anew is cut off again.
            AtomicBoolean removed = new AtomicBoolean();
            CompletableFuture<Void> cutting = CompletableFuture.runAsync(() -> {
                while (!removed.get()) {
                    redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
                }
            });
            bob.client().channels().removeMember(channel, bob.id());
            removed.set(true);
            cutting.join();
        }

        bobs.await(frame -> frame.is("channel.updated", channel.value())
                && frame.text("change").equals("member_removed"));
        anns.say(channel.value(), PlainRest.newId(), Words.text());
        anns.awaitMessages(channel.value(), 1);
        bobs.settle();
        assertThat(bobs.messages(channel.value())).isEmpty();
    }

    @Test
    @Shows("1011")
    void aChannelWhoseEventsAreSpoiltInRedisEndsTheSocketThatAsksForThem() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        PlainSocket socket = ann.socket();
        socket.say(channel.value(), PlainRest.newId(), Words.text());
        socket.awaitMessages(channel.value(), 1);

        try (Jedis redis = redis()) {
            redis.set(Keys.events(channel), "no stream");
        }
        socket.send("channel.resume", "r", "{\"channels\":[{\"channelId\":\"" + channel + "\",\"afterSeq\":0}]}");

        assertThat(socket.closeCode()).isEqualTo(1011);
        ann.socket().settle();
    }

    @Test
    @Shows("no loss")
    void anotherEpochTellsEverybodyToPage() {
        Person ann = people.join("ann");
        String channel = ann.channelWith().value();
        PlainSocket here = ann.socket();
        PlainSocket there = socketThere(ann);
        here.say(channel, PlainRest.newId(), Words.text());
        here.awaitMessages(channel, 1);

        try (Jedis redis = redis()) {
            redis.del(Keys.EPOCH);
        }

        for (PlainSocket socket : List.of(here, there)) {
            Frame resumed = socket.await(frame -> frame.is("channel.resumed", channel));
            assertThat(resumed.payload().getBoolean("complete")).isFalse();
        }
        assertThat(epoch(ann.socket())).isNotEqualTo(epoch(here)).isEqualTo(epoch(socketThere(ann)));
        there.close();
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    @Shows({"presence", "presence.changed"})
    void theUsersOfAGatewayThatWasKilledAreSaidToBeGone() {
        Person ann = people.join("ann");
        Person bob = joinThere("bob");
        ann.channelWith(bob);
        PlainSocket anns = ann.socket();
        bob.socket();
        String userIds = "{\"userIds\":[\"" + bob.id() + "\"]}";
        anns.send("presence.subscribe", "p", userIds);
        assertThat(user(anns.answer("p")).getBoolean("isOnline")).isTrue();

        second().kill();
        storm.remove(second());
        anns.send("presence.subscribe", "q", userIds);
        assertThat(user(anns.answer("q")).getBoolean("isOnline"))
                .as("until the connection's time is over")
                .isTrue();
        timeIsOver(bob);

        anns.await(frame -> frame.event().equals("presence.changed")
                && frame.text("userId").equals(bob.id().value())
                && !frame.payload().getBoolean("isOnline"));
        anns.send("presence.subscribe", "r", userIds);
        assertThat(user(anns.answer("r")).getBoolean("isOnline")).isFalse();
        assertThat(Instant.parse(user(anns.answer("r")).getString("lastSeenAt")))
                .isBefore(Instant.now());
    }

    /// Makes the connections of somebody expire as if the time had passed.
    private void timeIsOver(Person person) {
        double lifetime = Presence.LIFETIME.toMillis();
        try (Jedis redis = redis()) {
            String key = Keys.presence(person.id());
            for (String connection : redis.zrange(key, 0, -1)) {
                redis.zincrby(key, -lifetime, connection);
            }
            redis.zincrby(Keys.PRESENCE_EXPIRY, -lifetime, person.id().value());
        }
    }

    private Jedis redis() {
        return new Jedis(URI.create(storm.stores().redisUrl()), 5_000);
    }

    private String tokenUntil(Person person, Instant end) throws IOException {
        TokenKeys keys = TokenKeys.ofPair(
                Files.readString(storm.secrets().jwtPrivateKey()),
                Files.readString(storm.secrets().jwtPublicKey()));
        return new AccessTokens(keys, Clock.systemUTC())
                .sign(
                        person.id(),
                        Role.MEMBER,
                        new SessionId(UUID.randomUUID().toString()),
                        end.minus(AccessTokens.LIFETIME))
                .token();
    }

    private static JsonObject user(Frame snapshot) {
        return snapshot.payload().getJsonArray("users").getJsonObject(0);
    }

    private static String epoch(PlainSocket socket) {
        return socket.await(frame -> frame.event().equals("connection.ready")).text("epoch");
    }
}
