package storm.rest.deadletters;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.deadletters.DeadLetters;
import storm.protocol.deadletters.Discarded;
import storm.protocol.deadletters.Retried;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.users.Permission;
import storm.rest.access.Caller;
import storm.rest.access.NeedsRedis;
import storm.rest.access.Requires;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.rest.http.Status;

/// `/dead-letters`.
@Tag(name = "dead letters", description = "Jobs that were given up.")
@Path("/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Singleton
public class DeadLettersResource {
    private final DeadLetterService letters;

    @Inject
    public DeadLettersResource(DeadLetterService letters) {
        this.letters = letters;
    }

    @Operation(operationId = "listDeadLetters", summary = "Dead letters, newest first, without their texts.")
    @APIResponseSchema(DeadLetters.class)
    @GET
    @NeedsRedis
    @Requires(Permission.DEADLETTER_READ)
    public Paged list(
            @Parameter(description = "Only those of this channel.") @QueryParam("channelId") @Nullable
                    ChannelId channelId,
            @Parameter(description = "Only those with this reason.", schema = @Schema(maxLength = 254))
                    @QueryParam("reason")
                    @Nullable
                    String reason,
            @BeanParam PageParams page) {
        DeadLetterFilter filter = new DeadLetterFilter(channelId, Params.prefix("reason", reason));
        return Paged.of(letters.list(filter, page.limit(), page.cursor()), DeadLetters::new);
    }

    @Operation(operationId = "findDeadLetter", summary = "One dead letter.")
    @GET
    @Path("/{id}")
    @NeedsRedis
    @Requires(Permission.DEADLETTER_READ)
    public DeadLetter find(@PathParam("id") DeadLetterId id) {
        return letters.find(id);
    }

    @Operation(operationId = "retryDeadLetter", summary = "Sends one back to the queue.")
    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    @Status(202)
    @NeedsRedis
    @Requires(Permission.DEADLETTER_MANAGE)
    public Retried retry(@PathParam("id") DeadLetterId id, @Context SecurityContext security) {
        return new Retried(letters.retry(Caller.of(security), id));
    }

    @Operation(operationId = "retryDeadLetters", summary = "Sends many back to the queue, by ids or by filter.")
    @POST
    @Path("/retry")
    @Status(202)
    @NeedsRedis
    @Requires(Permission.DEADLETTER_MANAGE)
    public Retried retry(DeadLetterSelection selection, @Context SecurityContext security) {
        return new Retried(letters.retry(Caller.of(security), selection));
    }

    @Operation(operationId = "discardDeadLetter", summary = "Drops one for good.")
    @DELETE
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @Requires(Permission.DEADLETTER_MANAGE)
    public Discarded discard(@PathParam("id") DeadLetterId id, @Context SecurityContext security) {
        return new Discarded(letters.discard(Caller.of(security), id));
    }

    @Operation(operationId = "discardDeadLetters", summary = "Drops many for good, by ids or by filter.")
    @POST
    @Path("/discard")
    @NeedsRedis
    @Requires(Permission.DEADLETTER_MANAGE)
    public Discarded discard(DeadLetterSelection selection, @Context SecurityContext security) {
        return new Discarded(letters.discard(Caller.of(security), selection));
    }
}
