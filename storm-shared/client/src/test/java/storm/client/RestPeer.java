package storm.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An HTTP server on a free port that answers as a test says, for failures that the real one does not make on demand.
public final class RestPeer implements AutoCloseable {
    /// A call as it arrived.
    public record Call(String method, String pathAndQuery, String authorization, String body) {}

    /// Answers a call.
    public interface Route {
        Reply reply(Call call) throws Exception;
    }

    /// @param body the whole body
    public record Reply(int status, String body, Map<String, String> headers) {
        public static Reply data(String json) {
            return new Reply(200, """
                    {"success":true,"data":%s,"meta":{"requestId":"r","timestamp":"2030-01-01T00:00:00Z"}}""".formatted(json), Map.of());
        }

        public static Reply error(int status, String code) {
            return new Reply(status, """
                    {"success":false,"error":{"code":"%s","message":"as asked"},\
                    "meta":{"requestId":"r","timestamp":"2030-01-01T00:00:00Z"}}""".formatted(code), Map.of());
        }

        public static Reply tokens(String access, String refresh) {
            return data("""
                    {"accessToken":"%s","refreshToken":"%s","expiresIn":900}""".formatted(access, refresh));
        }

        public Reply with(String header, String value) {
            return new Reply(status, body, Map.of(header, value));
        }
    }

    private final HttpServer server;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    public RestPeer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// @param route such as `GET /users/me`, below the base path and without the query
    public RestPeer on(String route, Route reply) {
        routes.put(route, reply);
        return this;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public long count(String route) {
        return calls.stream()
                .filter(call -> (call.method() + " " + call.pathAndQuery()).equals(route))
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
            Call call = new Call(
                    exchange.getRequestMethod(),
                    target,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            calls.add(call);
            Route route = routes.getOrDefault(
                    call.method() + " " + target.replaceFirst("\\?.*", ""), _ -> Reply.error(404, "NOT_FOUND"));
            Reply reply;
            try {
                reply = route.reply(call);
            } catch (Exception e) {
                reply = Reply.error(500, "INTERNAL_ERROR");
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
