package storm.rest.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;
import storm.protocol.rest.Failure;
import storm.protocol.rest.Meta;

/// Turns an exception into the error envelope: the one place where REST does so.
final class Answers {
    private final Clock clock;
    private final RestMetrics metrics;

    Answers(Clock clock, RestMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    Failure envelope(StormException e) {
        return new Failure(
                Failure.Problem.of(e), new Meta(RequestContext.current().id(), clock.instant()));
    }

    /// Seconds for `Retry-After`; 0 for none.
    static long retryAfter(StormException e) {
        return e.retryAfter().map(Answers::seconds).orElse(0L);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /// Answers outside of JAX-RS.
    void write(HttpServletResponse response, StormException e) throws IOException {
        metrics.error(e.code());
        byte[] body = Json.write(envelope(e)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(e.code().status());
        long retryAfter = retryAfter(e);
        if (retryAfter > 0) {
            response.setHeader("Retry-After", Long.toString(retryAfter));
        }
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
