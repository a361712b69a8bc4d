package storm.ws.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.config.QueueConfig;
import storm.core.queue.Partitions;
import storm.core.redis.Keys;
import storm.embedded.fixture.TestStores;
import storm.protocol.errors.CloseCode;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;
import storm.ws.fixture.Ids;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestGateway.Client;
import storm.ws.fixture.TestWorker;

/// The way of a message through the gateway, on a real Redis.
class GatewaySliceIT {
    private static TestStores stores;

    private final UserId ann = Ids.user();
    private final UserId bob = Ids.user();
    private final UserId eve = Ids.user();
    private TestGateway gateway;
    private TestWorker worker;

    @BeforeAll
    static void start() {
        stores = TestStores.shared();
    }

    @BeforeEach
    void open() {
        gateway = new TestGateway(stores.redisUrl());
        worker = new TestWorker(gateway.redis, gateway.cipher);
    }

    @AfterEach
    void close() {
        worker.close();
        gateway.close();
    }

    @Test
    void readyNamesTheUserAndTheChannelsWithTheirLastSeq() {
        ChannelId channel = worker.channel(ann, bob);
        worker.publish(channel, bob, 3);

        ServerEvent.ConnectionReady ready = gateway.connect(ann).socket().next(ServerEvent.ConnectionReady.class);

        assertThat(ready.userId()).isEqualTo(ann);
        assertThat(ready.channels()).containsExactly(new ServerEvent.ChannelPosition(channel, 3));
        assertThat(ready.epoch()).isNotEmpty();
        assertThat(ready.limits().messagesPerMinute()).isEqualTo(60);
    }

    @Test
    void sendIsAckedOnceTheQueueHasIt() {
        ChannelId channel = worker.channel(ann, bob);
        Client client = ready(ann);
        ClientEvent.MessageSend send = new ClientEvent.MessageSend(Ids.message(), channel, "hello", Instant.now());

        client.says("r1", send).says("r2", send);

        assertThat(client.socket().answerTo("r1")).isInstanceOfSatisfying(ServerEvent.MessageAck.class, ack -> {
            assertThat(ack.status()).isEqualTo(AckStatus.QUEUED);
            assertThat(ack.messageId()).isEqualTo(send.messageId());
        });
        assertThat(client.socket().answerTo("r2"))
                .isInstanceOfSatisfying(
                        ServerEvent.MessageAck.class,
                        ack -> assertThat(ack.status()).isEqualTo(AckStatus.DUPLICATE));
        int partition = new Partitions(QueueConfig.STANDARD.partitions()).of(channel);
        assertThat(gateway.redis.xrange(Keys.queue(partition), "-", "+"))
                .filteredOn(entry ->
                        send.messageId().value().equals(entry.getFields().get("id")))
                .hasSize(1);
    }

    @Test
    void eventsReachEveryConnectedMemberInOrderAndNobodyElse() {
        ChannelId channel = worker.channel(ann, bob);
        worker.channel(eve);
        List<Client> members = List.of(ready(ann), ready(ann), ready(bob));
        Client stranger = ready(eve);

        worker.publish(channel, ann, 50);

        for (Client member : members) {
            await().untilAsserted(() -> assertThat(member.socket().all(ServerEvent.MessageNew.class))
                    .extracting(ServerEvent.MessageNew::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 50).boxed().toList()));
        }
        assertThat(stranger.socket().all(ServerEvent.MessageNew.class)).isEmpty();
    }

    @Test
    void aNewMemberHearsTheChannelAndARemovedOneHearsNothingMore() {
        ChannelId channel = worker.channel(ann);
        Client annsClient = ready(ann);
        Client bobsClient = ready(bob);

        worker.add(channel, bob);
        assertThat(bobsClient.socket().next(ServerEvent.ChannelUpdated.class).userId())
                .isEqualTo(bob);
        worker.publish(channel, ann, "now you hear me");
        assertThat(bobsClient.socket().next(ServerEvent.MessageNew.class).content())
                .isEqualTo("now you hear me");

        worker.remove(channel, bob);
        assertThat(bobsClient.socket().next(ServerEvent.ChannelUpdated.class).userId())
                .isEqualTo(bob);
        worker.publish(channel, ann, "now you do not");
        annsClient.socket().next(frame -> text(frame.event()).equals("now you do not"), "the second message");
        assertThat(bobsClient.socket().all(ServerEvent.MessageNew.class)).hasSize(1);
        bobsClient.says("r1", new ClientEvent.MessageSend(Ids.message(), channel, "may I?", Instant.now()));
        assertThat(bobsClient.socket().answerTo("r1")).isEqualTo(new ServerEvent.Forbidden(channel));
    }

    @Test
    void whoIsNoMemberMayNeitherSendNorAskNorType() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(eve);

        client.says("r1", new ClientEvent.MessageSend(Ids.message(), channel, "hi", Instant.now()));
        client.says("r2", new ClientEvent.HistoryGet(channel, null, 10));
        client.says("r3", new ClientEvent.TypingStart(channel));
        client.says("r4", new ClientEvent.ChannelRead(channel, 1));
        client.says("r5", new ClientEvent.ChannelResume(List.of(new ClientEvent.ChannelResume.Position(channel, 0))));

        for (String request : List.of("r1", "r2", "r3", "r4", "r5")) {
            assertThat(client.socket().answerTo(request)).isEqualTo(new ServerEvent.Forbidden(channel));
        }
    }

    @Test
    void anArchivedChannelTakesNoMessages() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(ann);
        worker.archive(channel);
        client.socket().next(ServerEvent.ChannelUpdated.class);

        client.says("r1", new ClientEvent.MessageSend(Ids.message(), channel, "hi", Instant.now()));

        assertThat(client.socket().answerTo("r1")).isEqualTo(new ServerEvent.Forbidden(channel));
    }

    @Test
    void aMalformedPayloadIsAnsweredFieldByField() {
        Client client = ready(ann);

        client.says("{\"event\":\"message.send\",\"requestId\":\"r1\",\"payload\":{\"messageId\":\"x\"}}");

        assertThat(client.socket().answerTo("r1"))
                .isInstanceOfSatisfying(
                        ServerEvent.InvalidPayload.class,
                        invalid -> assertThat(invalid.details())
                                .containsOnlyKeys("messageId", "channelId", "content", "clientTs"));
    }

    @Test
    void theTenthFaultInAMinuteEndsTheConnection() {
        Client client = ready(ann);

        for (int i = 0; i < 10; i++) {
            client.socket().isOpen();
            client.says("{\"event\":\"no.such\",\"requestId\":\"r" + i + "\"}");
            assertThat(client.socket().answerTo("r" + i)).isInstanceOf(ServerEvent.InvalidPayload.class);
        }

        assertThat(client.socket().closeCode()).isEqualTo(CloseCode.POLICY_VIOLATION);
    }

    @Test
    void whatIsNoFrameEndsTheConnection() {
        for (String text : List.of("", "nonsense", "[]", "{\"event\":1}", "[".repeat(60_000))) {
            Client client = ready(ann);
            client.says(text);
            assertThat(client.socket().closeCode()).as(text).isEqualTo(CloseCode.BAD_REQUEST);
        }
    }

    @Test
    void theSixtyFirstMessageInAMinuteIsRefusedAndTheSocketStays() {
        ChannelId channel = worker.channel(ann);
        Client client = ready(ann);

        for (int i = 0; i <= 60; i++) {
            client.says("r" + i, new ClientEvent.MessageSend(Ids.message(), channel, "hi", Instant.now()));
        }

        assertThat(client.socket().answerTo("r59")).isInstanceOf(ServerEvent.MessageAck.class);
        assertThat(client.socket().answerTo("r60")).isInstanceOfSatisfying(ServerEvent.RateLimited.class, limited -> {
            assertThat(limited.limit()).isEqualTo(60);
            assertThat(limited.retryAfter()).isBetween(1L, 61L);
        });
        client.says("p", new ClientEvent.Ping());
        assertThat(client.socket().answerTo("p")).isInstanceOf(ServerEvent.Pong.class);
    }

    private Client ready(UserId userId) {
        Client client = gateway.connect(userId);
        client.socket().next(ServerEvent.ConnectionReady.class);
        return client;
    }

    private static String text(ServerEvent event) {
        return event instanceof ServerEvent.MessageNew message ? message.content() : "";
    }
}
