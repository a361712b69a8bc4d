package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import storm.protocol.errors.ErrorCode;

/// What the REST server counts, for Prometheus.
@Singleton
public class RestMetrics {
    private final MetricRegistry registry;

    @Inject
    public RestMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void request(String method, int status, Duration took) {
        registry.timer(
                        "storm_rest_requests",
                        new Tag("method", known(method)),
                        new Tag("status", String.valueOf(status)))
                .update(took);
    }

    void error(ErrorCode code) {
        registry.counter("storm_rest_errors", new Tag("code", code.name())).inc();
    }

    /// Counts something that happened, such as a login.
    ///
    /// @param result a word of a small, fixed set
    public void count(String what, String result) {
        registry.counter("storm_rest_" + what, new Tag("result", result)).inc();
    }

    /// A client may send any word as its method; each label costs memory for ever.
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "other";
        };
    }
}
