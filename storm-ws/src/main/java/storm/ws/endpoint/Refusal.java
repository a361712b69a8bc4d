package storm.ws.endpoint;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;
import storm.protocol.rest.Failure;
import storm.protocol.rest.Meta;

/// A plain HTTP answer of the gateway: an error in the envelope that REST uses too, never the container's page.
final class Refusal {
    private Refusal() {}

    static void write(HttpServletResponse response, StormException refused, Clock clock) throws IOException {
        String requestId = UUID.randomUUID().toString();
        response.setStatus(refused.code().status());
        response.setContentType("application/json; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Request-Id", requestId);
        response.getWriter()
                .write(Json.write(new Failure(Failure.Problem.of(refused), new Meta(requestId, clock.instant()))));
    }
}
