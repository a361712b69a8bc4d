package storm.protocol.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.messages.Message;

class ServerFrameTest {
    private static final UserId USER = new UserId("65f000000000000000000001");
    private static final ChannelId CHANNEL = new ChannelId("65f0000000000000000000c1");
    private static final MessageId MESSAGE = new MessageId("11111111-2222-3333-4444-555555555555");
    private static final SessionId SESSION = new SessionId("99999999-2222-3333-4444-555555555555");
    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00.123Z");

    private static final List<ServerEvent> ALL = List.of(
            new ServerEvent.ConnectionReady(
                    USER,
                    SESSION,
                    NOW,
                    "e1",
                    List.of(new ServerEvent.ChannelPosition(CHANNEL, 7)),
                    new ServerEvent.Limits(60, 65536, 4000)),
            new ServerEvent.MessageAck(MESSAGE, AckStatus.QUEUED, NOW),
            new ServerEvent.MessageNew(MESSAGE, CHANNEL, USER, 8, "Grüße \"quoted\" \u2028 😀", NOW, NOW),
            new ServerEvent.MessageEdited(MESSAGE, CHANNEL, USER, 9, "text", NOW),
            new ServerEvent.MessageDeleted(MESSAGE, CHANNEL, 10, USER, NOW),
            new ServerEvent.MessageFailed(MESSAGE, CHANNEL, "not_a_member"),
            new ServerEvent.MessageReceipt(List.of(MESSAGE), CHANNEL, USER, NOW),
            new ServerEvent.ChannelUpdated(CHANNEL, ChannelChange.MEMBER_ADDED, USER, NOW),
            new ServerEvent.ChannelResumed(CHANNEL, 10, true),
            new ServerEvent.ChannelRead(CHANNEL, USER, 3),
            new ServerEvent.HistoryPage(
                    CHANNEL,
                    List.of(new Message(
                            "65f0000000000000000000aa",
                            MESSAGE,
                            CHANNEL,
                            USER,
                            8,
                            "text",
                            DeliveryStatus.DELIVERED,
                            NOW,
                            NOW,
                            null)),
                    false),
            new ServerEvent.Typing(CHANNEL, USER, true),
            new ServerEvent.PresenceSnapshot(
                    List.of(new ServerEvent.Presence(USER, true, NOW), new ServerEvent.Presence(USER, false, null))),
            new ServerEvent.PresenceChanged(USER, false, NOW),
            new ServerEvent.SessionExpiring(NOW),
            new ServerEvent.SessionRenewed(NOW),
            new ServerEvent.Pong(NOW),
            new ServerEvent.RateLimited(5, 60, "minute"),
            new ServerEvent.Forbidden(CHANNEL),
            new ServerEvent.InvalidPayload("invalid payload", Map.of("content", "must be there")),
            new ServerEvent.Unavailable(2));

    @Test
    void everyEventComesBackAsItWasSent() {
        for (ServerEvent event : ALL) {
            assertThat(ServerFrame.decode(new ServerFrame("r1", event).encode()))
                    .as(event.event())
                    .contains(new ServerFrame("r1", event));
        }
    }

    @Test
    void theListAboveHoldsEveryEvent() {
        Set<Class<?>> permitted = new HashSet<>(List.of(ServerEvent.class.getPermittedSubclasses()));
        permitted.remove(ServerEvent.ChannelEvent.class);
        permitted.addAll(List.of(ServerEvent.ChannelEvent.class.getPermittedSubclasses()));
        assertThat(ALL).extracting(Object::getClass).containsExactlyInAnyOrderElementsOf(permitted);
    }

    @Test
    void anAbsentLastSeenIsAnExplicitNull() {
        String text = ServerFrame.unasked(
                        new ServerEvent.PresenceSnapshot(List.of(new ServerEvent.Presence(USER, false, null))))
                .encode();
        assertThat(text)
                .isEqualTo(
                        "{\"event\":\"presence.snapshot\",\"requestId\":\"\",\"payload\":{\"users\":[{\"isOnline\":false,"
                                + "\"lastSeenAt\":null,\"userId\":\"65f000000000000000000001\"}]}}");
    }

    @Test
    void anEventOfANewerServerIsEmpty() {
        assertThat(ServerFrame.decode("{\"event\":\"planet.rotated\",\"payload\":{}}"))
                .isEmpty();
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (String text : List.of("", "[]", "{", "null", "\"x\"")) {
            assertThatThrownBy(() -> ServerFrame.decode(text)).as(text).isInstanceOf(StormException.class);
        }
    }
}
