package storm.protocol.events;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// One text frame from the server: an event and the `requestId` of the frame it answers, `""` if it answers none.
public record ServerFrame(String requestId, ServerEvent event) {

    /// What the server starts itself.
    public static ServerFrame unasked(ServerEvent event) {
        return new ServerFrame("", event);
    }

    public String encode() {
        String request = requestId.isEmpty() ? "\"\"" : Json.write(requestId);
        return "{\"event\":\"" + event.event() + "\",\"requestId\":" + request + ",\"payload\":" + Json.write(event)
                + "}";
    }

    /// Reads a frame; empty if it is an event that this version does not know.
    ///
    /// @throws StormException VALIDATION_ERROR if the text is no frame
    public static Optional<ServerFrame> decode(String text) {
        JsonObject frame = Json.readObject(text);
        Class<? extends ServerEvent> type = type(frame.getString("event", ""));
        if (type == null) {
            return Optional.empty();
        }
        JsonValue payload = frame.getOrDefault("payload", JsonValue.EMPTY_JSON_OBJECT);
        return Optional.of(new ServerFrame(frame.getString("requestId", ""), Json.read(payload.toString(), type)));
    }

    private static @Nullable Class<? extends ServerEvent> type(String event) {
        return switch (event) {
            case "connection.ready" -> ServerEvent.ConnectionReady.class;
            case "message.ack" -> ServerEvent.MessageAck.class;
            case "message.new" -> ServerEvent.MessageNew.class;
            case "message.edited" -> ServerEvent.MessageEdited.class;
            case "message.deleted" -> ServerEvent.MessageDeleted.class;
            case "message.failed" -> ServerEvent.MessageFailed.class;
            case "message.receipt" -> ServerEvent.MessageReceipt.class;
            case "channel.updated" -> ServerEvent.ChannelUpdated.class;
            case "channel.resumed" -> ServerEvent.ChannelResumed.class;
            case "channel.read" -> ServerEvent.ChannelRead.class;
            case "history.page" -> ServerEvent.HistoryPage.class;
            case "typing" -> ServerEvent.Typing.class;
            case "presence.snapshot" -> ServerEvent.PresenceSnapshot.class;
            case "presence.changed" -> ServerEvent.PresenceChanged.class;
            case "session.expiring" -> ServerEvent.SessionExpiring.class;
            case "session.renewed" -> ServerEvent.SessionRenewed.class;
            case "pong" -> ServerEvent.Pong.class;
            case "error.rate_limited" -> ServerEvent.RateLimited.class;
            case "error.forbidden" -> ServerEvent.Forbidden.class;
            case "error.invalid_payload" -> ServerEvent.InvalidPayload.class;
            case "error.unavailable" -> ServerEvent.Unavailable.class;
            default -> null;
        };
    }
}
