package storm.rest.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import storm.protocol.health.Health;
import storm.rest.access.Public;

/// `/health`: bare and not counted, as load balancers want it.
@Tag(name = "health", description = "Whether Storm works.")
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class HealthResource {
    private final Probes probes;

    @Inject
    public HealthResource(Probes probes) {
        this.probes = probes;
    }

    @Operation(
            operationId = "health",
            summary = "Each part and whether a probe message comes through. Without envelope, never counted.")
    @APIResponseSchema(Health.class)
    @GET
    @Public(limited = false)
    public Response health() {
        Health health = probes.all();
        return Response.status(Health.OK.equals(health.status()) ? 200 : 503)
                .entity(health)
                .build();
    }
}
