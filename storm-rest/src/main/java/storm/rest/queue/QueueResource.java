package storm.rest.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import storm.core.health.QueueStatistics;
import storm.protocol.queue.QueueStats;
import storm.protocol.users.Permission;
import storm.rest.access.NeedsRedis;
import storm.rest.access.Requires;

/// `/queue`.
@Tag(name = "queue", description = "The inbound queue.")
@Path("/queue")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class QueueResource {
    private final QueueStatistics statistics;

    @Inject
    public QueueResource(QueueStatistics statistics) {
        this.statistics = statistics;
    }

    @Operation(operationId = "queueStats", summary = "What waits, works and failed.")
    @GET
    @Path("/stats")
    @NeedsRedis
    @Requires(Permission.QUEUE_READ)
    public QueueStats stats() {
        return statistics.read();
    }
}
