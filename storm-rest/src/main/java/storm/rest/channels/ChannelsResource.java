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
import storm.rest.access.Requires;
import storm.rest.http.Done;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.rest.http.Status;
import storm.store.channels.StoredChannel;

/// `/channels`: channels, their members, and how far the caller has read.
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

    @GET
    @Requires(Permission.CHANNEL_READ)
    public Paged list(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("q") @Nullable String q,
            @QueryParam("includeArchived") @Nullable String includeArchived,
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

    @POST
    @Status(201)
    @Requires(Permission.CHANNEL_CREATE)
    public Channel create(CreateChannelRequest request, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.create(caller, request));
    }

    @GET
    @Path("/{channelId}")
    @Requires(Permission.CHANNEL_READ)
    public Channel find(@PathParam("channelId") ChannelId channelId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.read(caller, channelId));
    }

    @PATCH
    @Path("/{channelId}")
    @Requires({Permission.CHANNEL_UPDATE_OWN, Permission.CHANNEL_UPDATE_ANY})
    public Channel update(
            @PathParam("channelId") ChannelId channelId,
            UpdateChannelRequest request,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.update(caller, channelId, request));
    }

    @DELETE
    @Path("/{channelId}")
    @Consumes(MediaType.WILDCARD)
    @Requires(Permission.CHANNEL_DELETE)
    public Done delete(@PathParam("channelId") ChannelId channelId, @Context SecurityContext security) {
        removal.delete(Caller.of(security), channelId);
        return new Done();
    }

    @POST
    @Path("/{channelId}/members")
    @Requires({Permission.CHANNEL_MANAGE_MEMBERS, Permission.CHANNEL_UPDATE_ANY})
    public Channel addMember(
            @PathParam("channelId") ChannelId channelId, AddMemberRequest request, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return view.of(caller, channels.addMember(caller, channelId, request.userId()));
    }

    @DELETE
    @Path("/{channelId}/members/{userId}")
    @Consumes(MediaType.WILDCARD)
    @Requires({Permission.CHANNEL_MANAGE_MEMBERS, Permission.CHANNEL_UPDATE_ANY})
    public Done removeMember(
            @PathParam("channelId") ChannelId channelId,
            @PathParam("userId") UserId userId,
            @Context SecurityContext security) {
        channels.removeMember(Caller.of(security), channelId, userId);
        return new Done();
    }

    @PUT
    @Path("/{channelId}/read")
    @Requires(Permission.MESSAGE_READ)
    public ReadMarker read(
            @PathParam("channelId") ChannelId channelId, ReadMarker marker, @Context SecurityContext security) {
        return reads.advance(Caller.of(security), channelId, marker);
    }
}
