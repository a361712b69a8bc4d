package storm.client.http;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;
import storm.protocol.rest.Meta;

/// Makes calls of the REST interface over HTTP and turns what comes back into an [Answer] or a [StormException].
///
/// Thread-safe; a call blocks its thread for at most the timeout. Nothing is retried here.
public final class RestTransport {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BODY_BYTES = 8 << 20;

    private final HttpClient http;
    private final ServerAddress address;

    public RestTransport(HttpClient http, ServerAddress address) {
        this.http = http;
        this.address = address;
    }

    /// The HTTP client that calls and sockets share. Whoever makes it closes it.
    ///
    /// HTTP/1.1 only: a WebSocket needs it anyway, and no call asks a plain-text server to upgrade first.
    public static HttpClient httpClient(Trust trust) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trust.context())
                .build();
    }

    public ServerAddress address() {
        return address;
    }

    /// Makes a call.
    ///
    /// @param accessToken absent on public routes
    /// @throws StormException what the server refused it for, or SERVICE_UNAVAILABLE if there was no answer
    public Answer call(RestCall call, @Nullable String accessToken) {
        HttpResponse<String> response = send(call, accessToken);
        JsonObject envelope = envelope(response);
        if (response.statusCode() / 100 != 2) {
            throw failure(response, envelope);
        }
        JsonValue data = envelope.getOrDefault("data", JsonValue.EMPTY_JSON_OBJECT);
        JsonValue meta = envelope.getOrDefault("meta", JsonValue.EMPTY_JSON_OBJECT);
        return new Answer(data, Json.read(meta.toString(), Meta.class));
    }

    /// Makes a public call whose answer has no envelope, whatever its status.
    public <T> T bare(RestCall call, Class<T> type) {
        HttpResponse<String> response = send(call, null);
        if (response.statusCode() / 100 == 2 || response.statusCode() == ErrorCode.SERVICE_UNAVAILABLE.status()) {
            return Json.read(response.body(), type);
        }
        throw failure(response, envelope(response));
    }

    private HttpResponse<String> send(RestCall call, @Nullable String accessToken) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resource(call.pathAndQuery()))
                .timeout(TIMEOUT)
                .header("Accept", "application/json");
        if (accessToken != null) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        Object body = call.body();
        if (body == null) {
            request.method(call.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(call.method(), HttpRequest.BodyPublishers.ofString(Json.write(body)));
        }
        try {
            return http.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BODY_BYTES));
        } catch (IOException e) {
            throw StormException.unavailable("the server", Duration.ofSeconds(1), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StormException.unavailable("the server", Duration.ofSeconds(1), e);
        }
    }

    /// The body as an object; empty if something between here and Storm answered with its own page.
    private static JsonObject envelope(HttpResponse<String> response) {
        try {
            return Json.readObject(response.body());
        } catch (StormException e) {
            if (response.statusCode() / 100 == 2) {
                throw new StormException(ErrorCode.INTERNAL_ERROR, "the server does not answer as Storm does", e);
            }
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private static StormException failure(HttpResponse<String> response, JsonObject envelope) {
        JsonObject error = envelope.get("error") instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
        ErrorCode code = ErrorCode.of(error.getString("code", "")).orElseGet(() -> ofStatus(response.statusCode()));
        String message = error.getString("message", "the server answered " + response.statusCode());
        return new StormException(
                code, message, details(error), retryAfter(response).orElse(null), null);
    }

    private static Map<String, String> details(JsonObject error) {
        Map<String, String> details = new LinkedHashMap<>();
        if (error.get("details") instanceof JsonObject given) {
            given.forEach((field, value) ->
                    details.put(field, value instanceof JsonString text ? text.getString() : value.toString()));
        }
        return details;
    }

    private static ErrorCode ofStatus(int status) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.status() == status)
                .findFirst()
                .orElse(status >= 500 ? ErrorCode.SERVICE_UNAVAILABLE : ErrorCode.INTERNAL_ERROR);
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
