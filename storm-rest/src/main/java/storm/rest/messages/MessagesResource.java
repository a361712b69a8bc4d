package storm.rest.messages;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.EditMessageRequest;
import storm.protocol.messages.MessageAccepted;
import storm.protocol.messages.Messages;
import storm.protocol.messages.SendMessageRequest;
import storm.protocol.users.Permission;
import storm.rest.access.Caller;
import storm.rest.access.NeedsRedis;
import storm.rest.access.Requires;
import storm.rest.http.Done;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.rest.http.Status;

/// `/channels/{channelId}/messages`.
@Tag(name = "messages", description = "Messages of a channel.")
@Path("/channels/{channelId}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Singleton
public class MessagesResource {
    private final MessageService messages;

    @Inject
    public MessagesResource(MessageService messages) {
        this.messages = messages;
    }

    @Operation(operationId = "listMessages", summary = "Messages, newest first.")
    @APIResponseSchema(Messages.class)
    @GET
    @NeedsRedis(onlyWith = "include")
    @Requires(Permission.MESSAGE_READ)
    public Paged list(
            @PathParam("channelId") ChannelId channelId,
            @Parameter(description = "`content` adds the texts.", schema = @Schema(enumeration = "content"))
                    @QueryParam("include")
                    @Nullable
                    String include,
            @BeanParam PageParams page,
            @Context SecurityContext security) {
        boolean withContent = Params.isWord("include", include, "content");
        return Paged.of(messages.list(Caller.of(security), channelId, page.request(), withContent), Messages::new);
    }

    @Operation(operationId = "sendMessage", summary = "Takes a message into the queue, once under its id.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the channel is archived.")
    @POST
    @Status(202)
    @NeedsRedis
    @Requires(Permission.MESSAGE_SEND)
    public MessageAccepted send(
            @PathParam("channelId") ChannelId channelId,
            SendMessageRequest request,
            @Context SecurityContext security) {
        return messages.send(Caller.of(security), channelId, request);
    }

    @Operation(operationId = "editMessage", summary = "Takes an edit by the sender into the queue.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the channel is archived.")
    @PATCH
    @Path("/{messageId}")
    @Status(202)
    @NeedsRedis
    @Requires(Permission.MESSAGE_EDIT_OWN)
    public MessageAccepted edit(
            @PathParam("channelId") ChannelId channelId,
            @PathParam("messageId") MessageId messageId,
            EditMessageRequest request,
            @Context SecurityContext security) {
        return messages.edit(Caller.of(security), channelId, messageId, request);
    }

    @Operation(operationId = "deleteMessage", summary = "Deletes a message.")
    @DELETE
    @Path("/{messageId}")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @Requires({Permission.MESSAGE_DELETE_OWN, Permission.MESSAGE_DELETE_ANY})
    public Done delete(
            @PathParam("channelId") ChannelId channelId,
            @PathParam("messageId") MessageId messageId,
            @Context SecurityContext security) {
        messages.delete(Caller.of(security), channelId, messageId);
        return new Done();
    }
}
