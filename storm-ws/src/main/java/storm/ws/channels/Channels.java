package storm.ws.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import storm.core.membership.MembershipChanged;
import storm.core.queries.Query;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent.ChannelResume.Position;
import storm.protocol.events.ServerEvent.ChannelPosition;
import storm.protocol.events.ServerEvent.ChannelUpdated;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Connections;
import storm.ws.connections.Frame;
import storm.ws.metrics.GatewayMetrics;

/// Who of the connected may see which channel, and the feeds of those channels. Thread-safe.
@Singleton
public class Channels {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Connections connections;
    private final ConnectionLimits limits;
    private final MembershipSource source;
    private final ChannelFeeds feeds;
    private final GatewayMetrics metrics;
    private final Clock clock;
    private final Map<Connection, Membership> memberships = new ConcurrentHashMap<>();
    private final AtomicLong losses = new AtomicLong();

    @Inject
    public Channels(
            Connections connections,
            ConnectionLimits limits,
            MembershipSource source,
            EventLog log,
            TypingSigns typing,
            GatewayMetrics metrics,
            Clock clock) {
        this.connections = connections;
        this.limits = limits;
        this.source = source;
        this.metrics = metrics;
        this.clock = clock;
        feeds = new ChannelFeeds(log, typing, metrics);
    }

    /// Subscribes a connection, known in [Connections] under its user, to the channels of the user.
    ///
    /// @return each channel and the seq after which the connection gets every event
    /// @throws StormException SERVICE_UNAVAILABLE if Redis or the worker is out of reach
    public List<ChannelPosition> open(Connection connection, Duration longest) throws InterruptedException {
        Membership membership = new Membership(connection, feeds, losses.get());
        memberships.put(connection, membership);
        read(membership.connection().userId(), List.of(membership));
        List<ChannelPosition> positions = new ArrayList<>();
        long deadline = System.nanoTime() + longest.toNanos();
        for (Membership.Joined joined : membership.all()) {
            ChannelFeed feed = joined.feed();
            awaitStart(feed, deadline - System.nanoTime());
            positions.add(new ChannelPosition(
                    feed.channelId(), feed.joinedAt(connection).orElse(joined.knownSeq())));
        }
        return positions;
    }

    public void close(Connection connection) {
        Membership membership = memberships.remove(connection);
        if (membership != null) {
            membership.close();
        }
    }

    public boolean isMember(Connection connection, ChannelId channelId) {
        Membership membership = memberships.get(connection);
        return membership != null && membership.contains(channelId);
    }

    /// Whether the connection's user may send there: a member, and the channel is not archived.
    public boolean mayWrite(Connection connection, ChannelId channelId) {
        return joined(connection, channelId)
                .filter(joined -> !joined.feed().isArchived())
                .isPresent();
    }

    /// Sends what the connection missed in a channel, then `channel.resumed`.
    ///
    /// @return false if it is no member
    /// @throws StormException SERVICE_UNAVAILABLE
    public boolean resume(Connection connection, String requestId, Position from) throws InterruptedException {
        Membership membership = memberships.get(connection);
        Optional<Membership.Joined> joined = joined(connection, from.channelId());
        if (membership == null || joined.isEmpty()) {
            return false;
        }
        ChannelFeed feed = joined.get().feed();
        awaitStart(feed, limits.sendDeadline().toNanos());
        boolean sameEpoch = membership.losses() == losses.get();
        new Resume(
                        feed,
                        connection,
                        requestId,
                        from.afterSeq(),
                        joined.get().knownSeq(),
                        sameEpoch,
                        limits.sendDeadline())
                .run()
                .ifPresent(complete -> (complete ? metrics.resumesComplete : metrics.resumesIncomplete).increment());
        return true;
    }

    /// The channel's members that are connected here.
    public List<Connection> members(ChannelId channelId) {
        return feeds.of(channelId).map(ChannelFeed::members).orElse(List.of());
    }

    /// How many announcements wait to be handed out, over all channels.
    public int waiting() {
        return feeds.waiting();
    }

    /// Sends a frame that is no part of a channel's sequence to its members here.
    public void signal(ChannelId channelId, Frame frame, Predicate<Connection> to) {
        feeds.of(channelId).ifPresent(feed -> feed.signal(frame, to));
    }

    /// Takes an announced change of a channel or its members. Never blocks.
    public void changed(MembershipChanged changed) {
        Frame frame =
                Frame.of(new ChannelUpdated(changed.channelId(), changed.change(), changed.userId(), changed.ts()));
        Collection<Connection> concerned = changed.userId() == null ? List.of() : connections.of(changed.userId());
        switch (changed.change()) {
            case CREATED, MEMBER_ADDED -> {
                concerned.forEach(connection -> apply(connection, changed));
                signal(changed.channelId(), frame, _ -> true);
            }
            case MEMBER_REMOVED -> {
                concerned.forEach(connection -> leave(connection, changed, frame));
                signal(changed.channelId(), frame, _ -> true);
            }
            case DELETED -> {
                members(changed.channelId()).forEach(connection -> leave(connection, changed, frame));
                memberships.values().stream().filter(Membership::isAsking).forEach(asking -> asking.change(changed));
            }
            case ARCHIVED, UNARCHIVED -> {
                feeds.of(changed.channelId())
                        .ifPresent(feed -> feed.archived(changed.change() == ChannelChange.ARCHIVED));
                signal(changed.channelId(), frame, _ -> true);
            }
            case UPDATED -> signal(changed.channelId(), frame, _ -> true);
        }
    }

    /// Asks again what a user is a member of, and tells the user's connections what was missed.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void reread(UserId userId) {
        List<Membership> ofUser = new ArrayList<>();
        for (Connection connection : connections.of(userId)) {
            Membership membership = memberships.get(connection);
            if (membership != null) {
                ofUser.add(membership);
            }
        }
        if (!ofUser.isEmpty()) {
            read(userId, ofUser);
        }
    }

    /// Announcements may have been missed: every feed reads what the log has.
    public void refill() {
        feeds.refill();
    }

    /// The event log lost its data.
    public void logLost() {
        losses.incrementAndGet();
        feeds.logLost();
    }

    /// Ends the feeds that nobody listens to any more.
    public void sweep() {
        feeds.sweep();
    }

    public int size() {
        return feeds.size();
    }

    public void stop() {
        feeds.stop();
    }

    private void read(UserId userId, List<Membership> ofUser) {
        ofUser.forEach(Membership::asking);
        List<Query.MemberChannel> snapshot;
        try {
            snapshot = source.channelsOf(userId);
        } catch (StormException e) {
            ofUser.forEach(Membership::askedInVain);
            throw e;
        }
        for (Membership membership : ofUser) {
            Connection connection = membership.connection();
            Set<ChannelId> left = membership.apply(snapshot);
            left.forEach(channelId -> connection.send(
                    new ChannelUpdated(channelId, ChannelChange.MEMBER_REMOVED, userId, clock.instant())));
        }
    }

    private void apply(Connection connection, MembershipChanged changed) {
        Membership membership = memberships.get(connection);
        if (membership != null) {
            membership.change(changed);
        }
    }

    /// The last thing that the connection hears of the channel is that it is out.
    private void leave(Connection connection, MembershipChanged changed, Frame frame) {
        boolean member = isMember(connection, changed.channelId());
        apply(connection, changed);
        if (member) {
            connection.send(frame);
        }
    }

    private Optional<Membership.Joined> joined(Connection connection, ChannelId channelId) {
        Membership membership = memberships.get(connection);
        return membership == null ? Optional.empty() : membership.in(channelId);
    }

    private static void awaitStart(ChannelFeed feed, long nanos) throws InterruptedException {
        try {
            feed.started().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw StormException.unavailable("Redis", RETRY_AFTER, e);
        }
    }
}
