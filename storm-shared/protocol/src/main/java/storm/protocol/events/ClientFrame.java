package storm.protocol.events;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.json.Json;
import storm.protocol.messages.Contents;

/// One text frame from a client: an event and the `requestId` that its direct answer carries back.
///
/// Decoding has two steps so that a bad payload can be answered under its requestId: [Header#decode] fails only on what
/// is not a frame at all (close 4003), [Header#read] on what is not a valid event (`error.invalid_payload`).
public record ClientFrame(String requestId, ClientEvent event) {
    /// Longest requestId that is echoed.
    public static final int MAX_REQUEST_ID = 64;

    private static final int MAX_TOKEN = 8192;

    public String encode() {
        return "{\"event\":\"" + event.event() + "\",\"requestId\":" + Json.write(requestId) + ",\"payload\":"
                + Json.write(event) + "}";
    }

    /// A frame of which only the outside was read.
    public record Header(String event, String requestId, JsonObject payload) {

        /// Reads the outside of a frame.
        ///
        /// @throws StormException VALIDATION_ERROR if the text is not a JSON object with a string `event`, a
        ///     string
        ///     `requestId` (or none) of at most 64 characters and an object `payload` (or none)
        public static Header decode(String text) {
            JsonObject frame = Json.readObject(text);
            if (!(frame.get("event") instanceof JsonString event)) {
                throw StormException.invalid("event", "must be a string");
            }
            String requestId = switch (frame.getOrDefault("requestId", JsonValue.NULL)) {
                case JsonString given when given.getString().length() <= MAX_REQUEST_ID -> given.getString();
                case JsonValue none when none.equals(JsonValue.NULL) -> "";
                default ->
                    throw StormException.invalid(
                            "requestId", "must be a string of at most " + MAX_REQUEST_ID + " characters");
            };
            JsonObject payload = switch (frame.getOrDefault("payload", JsonValue.NULL)) {
                case JsonObject object -> object;
                case JsonValue none when none.equals(JsonValue.NULL) -> JsonValue.EMPTY_JSON_OBJECT;
                default -> throw StormException.invalid("payload", "must be an object");
            };
            return new Header(event.getString(), requestId, payload);
        }

        /// Reads the event.
        ///
        /// @throws StormException VALIDATION_ERROR with every malformed field in its details
        public ClientEvent read() {
            PayloadReader in = new PayloadReader(payload);
            return switch (event) {
                case "message.send" ->
                    in.build(() -> new ClientEvent.MessageSend(
                            in.id("messageId", MessageId::new),
                            in.id("channelId", ChannelId::new),
                            in.text("content", 1, Contents.MAX_LENGTH),
                            in.instant("clientTs")));
                case "message.received" ->
                    in.build(() -> new ClientEvent.MessageReceived(
                            in.ids("messageIds", ClientEvent.MessageReceived.MAX, MessageId::new)));
                case "channel.resume" ->
                    in.build(() -> new ClientEvent.ChannelResume(in.objects(
                            "channels",
                            ClientEvent.ChannelResume.MAX,
                            each -> new ClientEvent.ChannelResume.Position(
                                    each.id("channelId", ChannelId::new), each.number("afterSeq", 0)))));
                case "history.get" ->
                    in.build(() -> new ClientEvent.HistoryGet(
                            in.id("channelId", ChannelId::new),
                            in.has("beforeSeq") ? in.number("beforeSeq", 1) : null,
                            in.has("limit")
                                    ? (int) in.number("limit", 1, ClientEvent.HistoryGet.MAX)
                                    : ClientEvent.HistoryGet.DEFAULT));
                case "channel.read" ->
                    in.build(
                            () -> new ClientEvent.ChannelRead(in.id("channelId", ChannelId::new), in.number("seq", 0)));
                case "typing.start" -> in.build(() -> new ClientEvent.TypingStart(in.id("channelId", ChannelId::new)));
                case "typing.stop" -> in.build(() -> new ClientEvent.TypingStop(in.id("channelId", ChannelId::new)));
                case "presence.subscribe" ->
                    in.build(() -> new ClientEvent.PresenceSubscribe(
                            in.ids("userIds", ClientEvent.PresenceSubscribe.MAX, UserId::new)));
                case "presence.unsubscribe" ->
                    in.build(() -> new ClientEvent.PresenceUnsubscribe(
                            in.ids("userIds", ClientEvent.PresenceSubscribe.MAX_PER_CONNECTION, UserId::new)));
                case "session.renew" -> in.build(() -> new ClientEvent.SessionRenew(in.text("token", 1, MAX_TOKEN)));
                case "ping" -> new ClientEvent.Ping();
                default -> throw StormException.invalid("unknown event", Map.of("event", "is unknown"));
            };
        }
    }
}
