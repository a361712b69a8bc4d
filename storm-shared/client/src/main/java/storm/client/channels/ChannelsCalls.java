package storm.client.channels;

import org.jspecify.annotations.Nullable;
import storm.client.auth.SignedInCalls;
import storm.client.http.RestCall;
import storm.protocol.channels.AddMemberRequest;
import storm.protocol.channels.Channel;
import storm.protocol.channels.Channels;
import storm.protocol.channels.CreateChannelRequest;
import storm.protocol.channels.ReadMarker;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;

/// Channels, their members, and the reader's place in them.
public final class ChannelsCalls {
    /// Which channels to list.
    ///
    /// @param text prefix of the name; for those who may read any channel
    /// @param everyone channels one is no member of, too; likewise
    public record Filter(@Nullable String text, boolean everyone, boolean archivedToo) {
        /// One's own, without the archived.
        public static final Filter MINE = new Filter(null, false, false);
    }

    private final SignedInCalls calls;

    public ChannelsCalls(SignedInCalls calls) {
        this.calls = calls;
    }

    /// A page of channels, newest first.
    public Page<Channel> list(Filter filter, int limit, @Nullable String cursor) {
        RestCall call = RestCall.get("/channels")
                .with("q", filter.text())
                .with("scope", filter.everyone() ? "all" : null)
                .with("includeArchived", filter.archivedToo() ? true : null)
                .with("limit", limit)
                .with("cursor", cursor);
        return calls.call(call).page(Channels.class, Channels::channels);
    }

    public Channel create(String name, @Nullable String description) {
        return calls.call(RestCall.post("/channels", new CreateChannelRequest(name, description)), Channel.class);
    }

    public Channel get(ChannelId id) {
        return calls.call(RestCall.get(path(id)), Channel.class);
    }

    public Channel update(ChannelId id, UpdateChannelRequest change) {
        return calls.call(RestCall.patch(path(id), change), Channel.class);
    }

    public Channel archive(ChannelId id, boolean archived) {
        return update(id, new UpdateChannelRequest(null, null, archived));
    }

    /// Deletes the channel and its messages.
    public void delete(ChannelId id) {
        calls.call(RestCall.delete(path(id)));
    }

    public Channel addMember(ChannelId id, UserId member) {
        return calls.call(RestCall.post(path(id) + "/members", new AddMemberRequest(member)), Channel.class);
    }

    public void removeMember(ChannelId id, UserId member) {
        calls.call(RestCall.delete(path(id) + "/members/" + member));
    }

    /// Marks everything up to `seq` as read; the answer is where the marker stands, for it never moves back.
    public long markRead(ChannelId id, long seq) {
        return calls.call(RestCall.put(path(id) + "/read", new ReadMarker(seq)), ReadMarker.class)
                .seq();
    }

    private static String path(ChannelId id) {
        return "/channels/" + id;
    }
}
