package storm.rest.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import storm.protocol.channels.AddMemberRequest;
import storm.protocol.channels.Channel;
import storm.protocol.channels.Channels;
import storm.protocol.channels.CreateChannelRequest;
import storm.protocol.channels.ReadMarker;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.protocol.users.Permission;
import storm.rest.access.Caller;
import storm.rest.access.NeedsRedis;
import storm.rest.access.Requires;
import storm.rest.http.Done;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.rest.http.Status;
import storm.store.channels.StoredChannel;

/// `/channels`: channels, their members, and how far the caller has read.
@Tag(name = "channels", description = "Channels and their members.")
@Path("/channels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Singleton
public class ChannelsResource {
    private final ChannelService channels;
    private final ChannelRemoval removal;
    private final ReadService reads;
    private final ChannelView view;

    @Inject
    public ChannelsResource(ChannelService channels, ChannelRemoval removal, ReadService reads, ChannelView view) {
        this.channels = channels;
        this.removal = removal;
        this.reads = reads;
        this.view = view;
    }

    @Operation(operationId = "listChannels", summary = "The channels of the caller, newest first, with what is unread.")
    @APIResponseSchema(Channels.class)
    @GET
    @Requires(Permission.CHANNEL_READ)
    public Paged list(
            @Parameter(description = "`all` channels, for who may read any.", schema = @Schema(enumeration = "all"))
                    @QueryParam("scope")
                    @Nullable
                    String scope,
            @Parameter(description = "How the name begins, in any case.", schema = @Schema(maxLength = 254))
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(
                            description = "Archived ones too.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("includeArchived")
                    @Nullable
                    String includeArchived,
            @BeanParam PageParams page,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Page<StoredChannel> found = channels.list(
                caller,
                Params.isWord("scope", scope, "all"),
                Params.prefix("q", q),
                Params.flag("includeArchived", includeArchived, false),
                page.request());
        return Paged.of(new Page<>(view.of(caller, found.items()), found.nextCursor()), Channels::new);
    }

    @Operation(operationId = "createChannel", summary = "Makes a channel with the caller as its member.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the channel name is taken.")
    @POST
    @Status(201)
    @NeedsRedis
    @Requires(Permission.CHANNEL_CREATE)
    public Channel create(CreateChannelRequest request, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.create(caller, request));
    }

    @Operation(operationId = "findChannel", summary = "One channel, for its members and for staff.")
    @GET
    @Path("/{channelId}")
    @Requires(Permission.CHANNEL_READ)
    public Channel find(@PathParam("channelId") ChannelId channelId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.read(caller, channelId));
    }

    @Operation(operationId = "updateChannel", summary = "Changes name, description or archiving.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the channel name is taken.")
    @PATCH
    @Path("/{channelId}")
    @NeedsRedis
    @Requires({Permission.CHANNEL_UPDATE_OWN, Permission.CHANNEL_UPDATE_ANY})
    public Channel update(
            @PathParam("channelId") ChannelId channelId,
            UpdateChannelRequest request,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.update(caller, channelId, request));
    }

    @Operation(operationId = "deleteChannel", summary = "Deletes a channel with its messages.")
    @DELETE
    @Path("/{channelId}")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @Requires(Permission.CHANNEL_DELETE)
    public Done delete(@PathParam("channelId") ChannelId channelId, @Context SecurityContext security) {
        removal.delete(Caller.of(security), channelId);
        return new Done();
    }

    @Operation(operationId = "addMember", summary = "Adds an active user.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the user is a member already.")
    @POST
    @Path("/{channelId}/members")
    @NeedsRedis
    @Requires({Permission.CHANNEL_MANAGE_MEMBERS, Permission.CHANNEL_UPDATE_ANY})
    public Channel addMember(
            @PathParam("channelId") ChannelId channelId, AddMemberRequest request, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.addMember(caller, channelId, request.userId()));
    }

    @Operation(operationId = "removeMember", summary = "Leaves a channel, or removes somebody.")
    @DELETE
    @Path("/{channelId}/members/{userId}")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @Requires({Permission.CHANNEL_MANAGE_MEMBERS, Permission.CHANNEL_UPDATE_ANY})
    public Done removeMember(
            @PathParam("channelId") ChannelId channelId,
            @PathParam("userId") UserId userId,
            @Context SecurityContext security) {
        channels.removeMember(Caller.of(security), channelId, userId);
        return new Done();
    }

    @Operation(operationId = "markRead", summary = "Moves the read marker of the caller up.")
    @PUT
    @Path("/{channelId}/read")
    @NeedsRedis
    @Requires(Permission.MESSAGE_READ)
    public ReadMarker read(
            @PathParam("channelId") ChannelId channelId, ReadMarker marker, @Context SecurityContext security) {
        return reads.advance(Caller.of(security), channelId, marker);
    }
}
