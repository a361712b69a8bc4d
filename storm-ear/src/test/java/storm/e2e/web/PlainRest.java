package storm.e2e.web;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import storm.protocol.json.Json;

/// The REST interface spoken by hand. Thread-safe; each method gives a copy with one thing changed.
public final class PlainRest {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI api;
    private final @Nullable String token;

    private PlainRest(URI api, @Nullable String token) {
        this.api = api;
        this.token = token;
    }

    /// @param api the interface's root, `…/api/v1`
    public static PlainRest at(URI api) {
        return new PlainRest(api, null);
    }

    public PlainRest withToken(String accessToken) {
        return new PlainRest(api, accessToken);
    }

    /// An answer, its body as it came.
    public record Answer(int status, String body, HttpResponse<String> response) {
        /// The body as the JSON object it must be.
        public JsonObject json() {
            return Json.readObject(body);
        }

        public JsonObject data() {
            return json().getJsonObject("data");
        }

        /// The error's code.
        public String code() {
            return json().getJsonObject("error").getString("code");
        }

        /// The cursor of the next page; null on the last.
        public @Nullable String nextCursor() {
            return json().getJsonObject("meta").getString("nextCursor", null);
        }
    }

    public Answer get(String path) {
        return call("GET", path, null, List.of());
    }

    public Answer post(String path, String body) {
        return call("POST", path, body, List.of());
    }

    /// Makes a call.
    ///
    /// @param path below the root, with its query
    /// @param headers names and values in turn; the content type is JSON unless they say otherwise
    public Answer call(String method, String path, @Nullable String body, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        List<String> all = new ArrayList<>(headers);
        if (body != null && !headers.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        if (token != null) {
            all.addAll(List.of("Authorization", "Bearer " + token));
        }
        if (!all.isEmpty()) {
            request.headers(all.toArray(String[]::new));
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The body of a send.
    public static String message(String messageId, String content) {
        return Json.write(new Body(messageId, content, "2026-01-02T03:04:05Z"));
    }

    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /// A send as JSON has it.
    public record Body(String messageId, String content, String clientTs) {}
}
