package storm.protocol.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

class ClientFrameTest {
    private static final ChannelId CHANNEL = new ChannelId("65f0000000000000000000c1");
    private static final MessageId MESSAGE = new MessageId("11111111-2222-3333-4444-555555555555");
    private static final UserId USER = new UserId("65f000000000000000000001");

    private static final List<ClientEvent> ALL = List.of(
            new ClientEvent.MessageSend(MESSAGE, CHANNEL, "text", Instant.parse("2030-01-31T12:00:00Z")),
            new ClientEvent.MessageReceived(List.of(MESSAGE)),
            new ClientEvent.ChannelResume(List.of(new ClientEvent.ChannelResume.Position(CHANNEL, 0))),
            new ClientEvent.HistoryGet(CHANNEL, null, 50),
            new ClientEvent.HistoryGet(CHANNEL, 9L, 100),
            new ClientEvent.ChannelRead(CHANNEL, 3),
            new ClientEvent.TypingStart(CHANNEL),
            new ClientEvent.TypingStop(CHANNEL),
            new ClientEvent.PresenceSubscribe(List.of(USER)),
            new ClientEvent.PresenceUnsubscribe(List.of(USER)),
            new ClientEvent.SessionRenew("token"),
            new ClientEvent.Ping());

    @Test
    void everyEventComesBackAsItWasSent() {
        for (ClientEvent event : ALL) {
            ClientFrame.Header header = ClientFrame.Header.decode(new ClientFrame("r1", event).encode());
            assertThat(header.requestId()).isEqualTo("r1");
            assertThat(header.read()).isEqualTo(event);
        }
        assertThat(ALL).extracting(Object::getClass).containsAll(List.of(ClientEvent.class.getPermittedSubclasses()));
    }

    @Test
    void everyMalformedFieldIsNamedAtOnce() {
        StormException refused = refused("message.send", """
                {"messageId":"no","channelId":7,"content":"","clientTs":"yesterday","other":1}""");
        assertThat(refused.details())
                .containsEntry("messageId", "must be a UUID")
                .containsEntry("channelId", "must be a string")
                .containsEntry("content", "must be a string of 1 to 4000 characters")
                .containsKey("clientTs")
                .hasSize(4);
    }

    @Test
    void aMalformedElementIsNamedWithItsPlace() {
        assertThat(refused("channel.resume", """
                {"channels":[{"channelId":"65f0000000000000000000c1","afterSeq":1},{"channelId":"x"}]}""").details())
                .containsOnlyKeys("channels[1].channelId", "channels[1].afterSeq");
    }

    @Test
    void numbersBeyondTheirRangeAreRefused() {
        for (String number : List.of("-1", "1.5", "1e999999999", "1e-999999999", "9223372036854775808", "\"1\"")) {
            assertThat(refused("channel.read", "{\"channelId\":\"65f0000000000000000000c1\",\"seq\":" + number + "}")
                            .details())
                    .as(number)
                    .containsOnlyKeys("seq");
        }
    }

    @Test
    void listsBeyondTheirLimitAreRefused() {
        String ids = String.join(",", java.util.Collections.nCopies(101, "\"" + USER + "\""));
        assertThat(refused("presence.subscribe", "{\"userIds\":[" + ids + "]}").details())
                .containsEntry("userIds", "must be a list of 1 to 100");
        assertThat(refused("presence.subscribe", "{\"userIds\":[]}").details()).containsOnlyKeys("userIds");
    }

    @Test
    void anUnknownEventIsRefusedUnderItsRequestId() {
        ClientFrame.Header header = ClientFrame.Header.decode("{\"event\":\"planet.rotate\",\"requestId\":\"r2\"}");
        assertThat(header.requestId()).isEqualTo("r2");
        assertThatThrownBy(header::read).isInstanceOf(StormException.class);
    }

    @Test
    void whatIsNoFrameIsRefused() {
        for (String text : List.of(
                "",
                "[]",
                "{",
                "{}",
                "{\"event\":1}",
                "{\"event\":\"ping\",\"requestId\":1}",
                "{\"event\":\"ping\",\"payload\":[]}",
                "{\"event\":\"ping\",\"requestId\":\"" + "x".repeat(65) + "\"}",
                "[".repeat(20_000))) {
            assertThatThrownBy(() -> ClientFrame.Header.decode(text)).as(text).isInstanceOf(StormException.class);
        }
    }

    private static StormException refused(String event, String payload) {
        ClientFrame.Header header = ClientFrame.Header.decode(
                "{\"event\":\"" + event + "\",\"requestId\":\"r\",\"payload\":" + payload + "}");
        return catchThrowableOfType(StormException.class, header::read);
    }
}
