package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Whatever a resource, or JAX-RS itself, throws becomes the error envelope.
@Provider
@Singleton
public class ErrorMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ErrorMapper.class.getName());

    private final Answers answers;
    private final RestMetrics metrics;

    @Inject
    public ErrorMapper(Clock clock, RestMetrics metrics) {
        this.answers = new Answers(clock);
        this.metrics = metrics;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        StormException e = understood(thrown);
        metrics.error(e.code());
        if (e.code() == ErrorCode.INTERNAL_ERROR) {
            LOG.log(Level.ERROR, () -> "request " + RequestContext.current().id() + " failed", thrown);
        } else if (e.code() == ErrorCode.SERVICE_UNAVAILABLE) {
            LOG.log(Level.WARNING, () -> "request " + RequestContext.current().id() + " refused: " + e.detail());
        }
        Response.ResponseBuilder response = Response.status(e.code().status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answers.envelope(e));
        long retryAfter = Answers.retryAfter(e);
        if (retryAfter > 0) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (thrown instanceof WebApplicationException refused
                && refused.getResponse().getHeaders().containsKey(HttpHeaders.ALLOW)) {
            response.header(HttpHeaders.ALLOW, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }

    private static StormException understood(Throwable thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
            if (t instanceof StormException ours) {
                return ours;
            }
        }
        return thrown instanceof WebApplicationException refused ? ofStatus(refused) : internal(thrown);
    }

    private static StormException ofStatus(WebApplicationException refused) {
        int status = refused.getResponse().getStatus();
        return switch (status) {
            case 404 -> StormException.notFound("route");
            case 405 -> new StormException(ErrorCode.METHOD_NOT_ALLOWED, "this route has no such method");
            case 406 -> new StormException(ErrorCode.NOT_ACCEPTABLE, "answers are application/json");
            case 413 -> new StormException(ErrorCode.PAYLOAD_TOO_LARGE, "the body is too large");
            case 415 -> new StormException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "bodies must be application/json");
            default ->
                status >= 400 && status < 500
                        ? StormException.invalid("malformed request", Map.of())
                        : internal(refused);
        };
    }

    private static StormException internal(Throwable cause) {
        return new StormException(ErrorCode.INTERNAL_ERROR, "internal error", cause);
    }
}
