package storm.e2e.web;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import storm.protocol.json.Json;
import storm.wire.AsyncApi;

/// A WebSocket spoken by hand: sends any text, and keeps every frame just as it came, repeats and all.
public final class PlainSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /// A frame from the server.
    public record Frame(String event, String requestId, JsonObject payload) {
        static Frame of(String text) {
            JsonObject json = Json.readObject(text);
            return new Frame(json.getString("event"), json.getString("requestId"), json.getJsonObject("payload"));
        }

        public String text(String field) {
            return payload.getString(field);
        }

        public long number(String field) {
            return payload.getJsonNumber(field).longValueExact();
        }

        /// Whether it is this event of this channel.
        public boolean is(String name, String channelId) {
            return event.equals(name) && channelId.equals(payload.getString("channelId", null));
        }
    }

    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile Instant closedAt = Instant.MAX;

    private PlainSocket(URI address, List<String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        this.socket = builder.buildAsync(address, new Reader()).join();
    }

    /// Opens a socket without waiting for `connection.ready`.
    ///
    /// @param address with its query
    /// @param headers names and values in turn
    /// @throws CompletionException if the handshake is refused
    public static PlainSocket open(URI address, List<String> headers) {
        return new PlainSocket(address, headers);
    }

    /// Opens a socket by `?token=` and waits until it is ready.
    public static PlainSocket ready(URI address, String accessToken) {
        PlainSocket socket = open(URI.create(address + "?token=" + accessToken), List.of());
        socket.await(frame -> frame.event().equals("connection.ready"));
        return socket;
    }

    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closedAt = Instant.now();
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(1006);
        }
    }

    /// Every frame of the server must be as docs/asyncapi.yaml describes it, and so must every frame of ours that it
    /// answers by anything but an error.
    private void take(String text) {
        faults.addAll(AsyncApi.DOCUMENT.faults(AsyncApi.Side.SERVER, text));
        Frame frame = Frame.of(text);
        String question = asked.remove(frame.requestId());
        if (question != null && !frame.event().startsWith("error.")) {
            faults.addAll(AsyncApi.DOCUMENT.faults(AsyncApi.Side.CLIENT, question));
        }
        frames.add(frame);
    }

    /// Sends a frame and returns when it has left.
    public void send(String event, String requestId, String payload) {
        String text = "{\"event\":\"%s\",\"requestId\":\"%s\",\"payload\":%s}".formatted(event, requestId, payload);
        asked.put(requestId, text);
        sendText(text);
    }

    public void sendText(String text) {
        sendText(text, Math.max(1, text.length()));
    }

    /// Sends a text in fragments of so many characters.
    public void sendText(String text, int fragment) {
        for (int from = 0; from < Math.max(1, text.length()); from += fragment) {
            int to = Math.min(text.length(), from + fragment);
            socket.sendText(text.substring(from, to), to == text.length())
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /// Sends a text to a channel under an id, without waiting for the ack.
    public void say(String channelId, String messageId, String content) {
        send(
                "message.send",
                "send-" + messageId,
                "{\"messageId\":\"%s\",\"channelId\":\"%s\",\"content\":%s,\"clientTs\":\"2026-01-02T03:04:05Z\"}"
                        .formatted(messageId, channelId, Json.write(content)));
    }

    /// Every frame so far, in order of arrival.
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    public List<Frame> frames(Predicate<Frame> which) {
        return frames.stream().filter(which).toList();
    }

    /// The `message.new` of a channel so far, in order of arrival.
    public List<Frame> messages(String channelId) {
        return frames(frame -> frame.is("message.new", channelId));
    }

    /// Waits for a frame and returns it.
    public Frame await(Predicate<Frame> which) {
        Awaitility.await("a frame among " + summary())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> frames.stream().anyMatch(which));
        return frames.stream().filter(which).findFirst().orElseThrow();
    }

    /// Waits for the answer to a request.
    public Frame answer(String requestId) {
        return await(frame -> frame.requestId().equals(requestId));
    }

    /// Waits until that many messages of a channel have come, and returns them all.
    public List<Frame> awaitMessages(String channelId, int count) {
        Awaitility.await(count + " messages of " + channelId)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> messages(channelId).size() >= count);
        return messages(channelId);
    }

    /// Waits until the server has answered a ping: what it sent before has then arrived.
    public void settle() {
        String requestId = "settle-" + PlainRest.newId();
        send("ping", requestId, "{}");
        answer(requestId);
    }

    /// Waits until the server has closed and returns its code.
    public int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// When the server closed; far in the future if it did not.
    public Instant closedAt() {
        return closedAt;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    private List<String> summary() {
        return frames.stream().map(Frame::event).toList();
    }

    @Override
    public void close() {
        socket.abort();
        if (!faults.isEmpty()) {
            throw new AssertionError("frames are not as docs/asyncapi.yaml has them: " + faults);
        }
    }
}
