package storm.ws.channels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storm.core.membership.MembershipChanged;
import storm.core.queries.Query;
import storm.protocol.ids.ChannelId;
import storm.ws.connections.Connection;

/// The channels of one connection's user, kept true from a snapshot and the changes since.
///
/// A change that comes while a snapshot is asked for is applied at once and again after it, since the snapshot may be
/// older than the change. Thread-safe.
final class Membership {
    /// A channel's feed, and the newest seq by the database when the connection heard of it.
    record Joined(ChannelFeed feed, long knownSeq) {}

    private final Connection connection;
    private final ChannelFeeds feeds;
    private final long losses;
    private final Map<ChannelId, Joined> joined = new HashMap<>();
    private @Nullable List<MembershipChanged> sinceAsked;
    private long askedNanos;
    private boolean closed;

    /// @param losses how often the log had lost its data when the connection began
    Membership(Connection connection, ChannelFeeds feeds, long losses) {
        this.connection = connection;
        this.feeds = feeds;
        this.losses = losses;
    }

    long losses() {
        return losses;
    }

    Connection connection() {
        return connection;
    }

    synchronized Optional<Joined> in(ChannelId channelId) {
        return Optional.ofNullable(joined.get(channelId));
    }

    synchronized List<Joined> all() {
        return new ArrayList<>(joined.values());
    }

    synchronized boolean contains(ChannelId channelId) {
        return joined.containsKey(channelId);
    }

    /// A snapshot is about to be asked for.
    synchronized void asking() {
        sinceAsked = new ArrayList<>();
        askedNanos = System.nanoTime();
    }

    synchronized boolean isAsking() {
        return sinceAsked != null;
    }

    /// No snapshot will come.
    synchronized void askedInVain() {
        sinceAsked = null;
    }

    /// Applies a snapshot; returns the channels that it left.
    synchronized Set<ChannelId> apply(List<Query.MemberChannel> snapshot) {
        Set<ChannelId> left = new HashSet<>(joined.keySet());
        for (Query.MemberChannel channel : snapshot) {
            left.remove(channel.channelId());
            join(channel.channelId(), channel.lastSeq());
            Joined now = joined.get(channel.channelId());
            if (now != null) {
                now.feed().archivedAsOf(askedNanos, channel.archived());
            }
        }
        left.forEach(this::leave);
        List<MembershipChanged> since = sinceAsked;
        sinceAsked = null;
        if (since != null) {
            since.forEach(this::apply);
        }
        return left;
    }

    /// Applies a change that concerns this user or the whole channel.
    synchronized void change(MembershipChanged changed) {
        if (sinceAsked != null) {
            sinceAsked.add(changed);
        }
        apply(changed);
    }

    synchronized void close() {
        closed = true;
        List.copyOf(joined.keySet()).forEach(this::leave);
    }

    private void apply(MembershipChanged changed) {
        boolean concernsUser = connection.userId().equals(changed.userId());
        switch (changed.change()) {
            case CREATED, MEMBER_ADDED -> {
                if (concernsUser) {
                    join(changed.channelId(), 0);
                }
            }
            case MEMBER_REMOVED -> {
                if (concernsUser) {
                    leave(changed.channelId());
                }
            }
            case DELETED -> leave(changed.channelId());
            case UPDATED, ARCHIVED, UNARCHIVED -> {
                // Of the channel, not of its members.
            }
        }
    }

    private void join(ChannelId channelId, long knownSeq) {
        if (!closed) {
            joined.computeIfAbsent(channelId, id -> new Joined(feeds.join(id, connection), knownSeq));
        }
    }

    private void leave(ChannelId channelId) {
        if (joined.remove(channelId) != null) {
            feeds.leave(channelId, connection);
        }
    }
}
