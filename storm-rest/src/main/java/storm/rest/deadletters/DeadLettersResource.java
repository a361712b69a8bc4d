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
import storm.rest.access.Requires;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.rest.http.Status;

/// `/dead-letters`.
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

    @GET
    @Requires(Permission.DEADLETTER_READ)
    public Paged list(
            @QueryParam("channelId") @Nullable ChannelId channelId,
            @QueryParam("reason") @Nullable String reason,
            @BeanParam PageParams page) {
        DeadLetterFilter filter = new DeadLetterFilter(channelId, Params.prefix("reason", reason));
        return Paged.of(letters.list(filter, page.limit(), page.cursor()), DeadLetters::new);
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.DEADLETTER_READ)
    public DeadLetter find(@PathParam("id") DeadLetterId id) {
        return letters.find(id);
    }

    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    @Status(202)
    @Requires(Permission.DEADLETTER_MANAGE)
    public Retried retry(@PathParam("id") DeadLetterId id, @Context SecurityContext security) {
        return new Retried(letters.retry(Caller.of(security), id));
    }

    @POST
    @Path("/retry")
    @Status(202)
    @Requires(Permission.DEADLETTER_MANAGE)
    public Retried retry(DeadLetterSelection selection, @Context SecurityContext security) {
        return new Retried(letters.retry(Caller.of(security), selection));
    }

    @DELETE
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @Requires(Permission.DEADLETTER_MANAGE)
    public Discarded discard(@PathParam("id") DeadLetterId id, @Context SecurityContext security) {
        return new Discarded(letters.discard(Caller.of(security), id));
    }

    @POST
    @Path("/discard")
    @Requires(Permission.DEADLETTER_MANAGE)
    public Discarded discard(DeadLetterSelection selection, @Context SecurityContext security) {
        return new Discarded(letters.discard(Caller.of(security), selection));
    }
}
