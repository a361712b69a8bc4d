package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import storm.protocol.health.Health;
import storm.protocol.rest.Failure;
import storm.protocol.rest.Meta;
import storm.protocol.rest.Success;

/// Puts every good answer into its envelope; the answer of GET /health goes out bare.
@Singleton
public class EnvelopeFilter implements ContainerResponseFilter {
    private static final Annotation[] NONE = {};

    private final Clock clock;

    @Context
    @Nullable
    ResourceInfo resource;

    @Inject
    public EnvelopeFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            // JAX-RS answers with the methods as text, which stand in Allow anyway.
            response.setEntity(null);
            response.setStatus(204);
            return;
        }
        Object entity = response.getEntity();
        if (!(entity instanceof Record) || entity instanceof Failure || entity instanceof Health) {
            return;
        }
        String id = RequestContext.current().id();
        Success answer = entity instanceof Paged page
                ? new Success(page.data(), new Meta(id, clock.instant(), page.nextCursor(), page.hasNextPage()))
                : new Success(entity, new Meta(id, clock.instant()));
        response.setEntity(answer, NONE, MediaType.APPLICATION_JSON_TYPE);
        Method method = resource == null ? null : resource.getResourceMethod();
        Status status = method == null ? null : method.getAnnotation(Status.class);
        if (status != null) {
            response.setStatus(status.value());
        }
    }
}
