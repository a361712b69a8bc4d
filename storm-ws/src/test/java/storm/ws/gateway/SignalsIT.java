package storm.ws.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.signals.UserSignals;
import storm.embedded.fixture.TestStores;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerEvent.MessageNew;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.ws.fixture.Ids;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestGateway.Client;
import storm.ws.fixture.TestWorker;

/// Typing, read marks, receipts and failures, over two gateways.
class SignalsIT {
    private final UserId ann = Ids.user();
    private final UserId bob = Ids.user();
    private final UserId eve = Ids.user();
    private TestGateway gateway;
    private TestGateway other;
    private TestWorker worker;
    private ChannelId channel;
    private Client anns;
    private Client bobs;
    private Client eves;

    @BeforeEach
    void open() {
        gateway = new TestGateway(TestStores.shared().redisUrl());
        other = new TestGateway(TestStores.shared().redisUrl());
        worker = new TestWorker(gateway.redis, gateway.cipher);
        channel = worker.channel(ann, bob);
        worker.channel(eve);
        anns = ready(gateway, ann);
        bobs = ready(other, bob);
        eves = ready(other, eve);
    }

    @AfterEach
    void close() {
        worker.close();
        gateway.close();
        other.close();
    }

    @Test
    void typingReachesTheOtherMembersAndEndsByItself() {
        anns.says("", new ClientEvent.TypingStart(channel));

        assertThat(bobs.socket().next(ServerEvent.Typing.class)).isEqualTo(new ServerEvent.Typing(channel, ann, true));
        await().atMost(Duration.ofSeconds(9))
                .untilAsserted(() -> assertThat(bobs.socket().all(ServerEvent.Typing.class))
                        .endsWith(new ServerEvent.Typing(channel, ann, false)));
        assertThat(anns.socket().all(ServerEvent.Typing.class)).isEmpty();
        assertThat(eves.socket().all(ServerEvent.Typing.class)).isEmpty();
    }

    @Test
    void typingIsPassedOnOnceASecondAndItsEndAtOnce() {
        for (int i = 0; i < 20; i++) {
            anns.says("", new ClientEvent.TypingStart(channel));
        }
        anns.says("", new ClientEvent.TypingStop(channel));
        anns.says("", new ClientEvent.TypingStop(channel));
        anns.says("p", new ClientEvent.Ping());
        anns.socket().answerTo("p");
        worker.publish(channel, ann, "after all that");

        bobs.socket().next(MessageNew.class);
        assertThat(bobs.socket().all(ServerEvent.Typing.class))
                .containsExactly(
                        new ServerEvent.Typing(channel, ann, true), new ServerEvent.Typing(channel, ann, false));
    }

    @Test
    void typingOnAndOffIsPassedOnOnceASecondToo() {
        for (int i = 0; i < 20; i++) {
            anns.says("", new ClientEvent.TypingStart(channel));
            anns.says("", new ClientEvent.TypingStop(channel));
        }
        anns.says("p", new ClientEvent.Ping());
        anns.socket().answerTo("p");
        worker.publish(channel, ann, "after all that");

        bobs.socket().next(MessageNew.class);
        assertThat(bobs.socket().all(ServerEvent.Typing.class)).hasSize(2);
    }

    @Test
    void aReadMarkReachesTheOtherMembers() {
        worker.publish(channel, ann, 7);

        bobs.says("", new ClientEvent.ChannelRead(channel, 5));

        assertThat(anns.socket().next(ServerEvent.ChannelRead.class))
                .isEqualTo(new ServerEvent.ChannelRead(channel, bob, 5));
        assertThat(bobs.socket().all(ServerEvent.ChannelRead.class)).isEmpty();
    }

    @Test
    void aReceiptReachesTheSenderAlone() {
        MessageNew message = worker.publish(channel, ann, "got it?");
        bobs.socket().next(MessageNew.class);

        bobs.says("", new ClientEvent.MessageReceived(List.of(message.messageId(), Ids.message())));
        eves.says("", new ClientEvent.MessageReceived(List.of(message.messageId())));

        ServerEvent.MessageReceipt receipt = anns.socket().next(ServerEvent.MessageReceipt.class);
        assertThat(receipt.messageIds()).containsExactly(message.messageId());
        assertThat(receipt.userId()).isEqualTo(bob);
        assertThat(receipt.channelId()).isEqualTo(channel);
        eves.says("p", new ClientEvent.Ping());
        eves.socket().answerTo("p");
        assertThat(anns.socket().all(ServerEvent.MessageReceipt.class)).hasSize(1);
        assertThat(bobs.socket().all(ServerEvent.MessageReceipt.class)).isEmpty();
    }

    @Test
    void aFailureIsToldToAllConnectionsOfItsSender() {
        Client annElsewhere = ready(other, ann);
        ServerEvent.MessageFailed failed = new ServerEvent.MessageFailed(Ids.message(), channel, "not a member");

        new UserSignals(gateway.redis, gateway.cipher).publish(ann, failed);

        assertThat(anns.socket().next(ServerEvent.MessageFailed.class)).isEqualTo(failed);
        assertThat(annElsewhere.socket().next(ServerEvent.MessageFailed.class)).isEqualTo(failed);
        assertThat(bobs.socket().all(ServerEvent.MessageFailed.class)).isEmpty();
    }

    private static Client ready(TestGateway at, UserId userId) {
        Client client = at.connect(userId);
        client.socket().next(ServerEvent.ConnectionReady.class);
        return client;
    }
}
