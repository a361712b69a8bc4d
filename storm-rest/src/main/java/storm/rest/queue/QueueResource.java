package storm.rest.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import storm.core.health.QueueStatistics;
import storm.protocol.queue.QueueStats;
import storm.protocol.users.Permission;
import storm.rest.access.Requires;

/// `/queue`.
@Path("/queue")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class QueueResource {
    private final QueueStatistics statistics;

    @Inject
    public QueueResource(QueueStatistics statistics) {
        this.statistics = statistics;
    }

    @GET
    @Path("/stats")
    @Requires(Permission.QUEUE_READ)
    public QueueStats stats() {
        return statistics.read();
    }
}
