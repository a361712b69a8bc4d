package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger.Level;
import java.time.Clock;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Whatever a resource, or JAX-RS itself, throws becomes the error envelope.
@Singleton
public class ErrorMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ErrorMapper.class.getName());

    private final Answers answers;
    private final RestMetrics metrics;

    @Inject
    public ErrorMapper(Clock clock, RestMetrics metrics) {
        this.answers = new Answers(clock, metrics);
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
        return thrown instanceof WebApplicationException refused
                ? EnvelopedErrors.ofStatus(refused.getResponse().getStatus())
                : new StormException(ErrorCode.INTERNAL_ERROR, "internal error", thrown);
    }
}
