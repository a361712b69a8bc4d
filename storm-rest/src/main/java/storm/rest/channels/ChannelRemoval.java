package storm.rest.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import redis.clients.jedis.UnifiedJedis;
import storm.core.membership.MembershipBroadcast;
import storm.core.membership.MembershipChanged;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.rest.access.Caller;
import storm.rest.audit.AuditTrail;
import storm.store.channels.ChannelStore;
import storm.store.channels.StoredChannel;

/// Deletes channels with all that belongs to them.
///
/// First the channel is buried: from then on nobody finds it. Then messages, read markers and the event stream
/// `storm:ch:{id}:events` go. What a crash leaves, and what a worker wrote that had checked the channel just
/// before, [#finish] takes away, on any server, a minute later, and the channel's own row last.
@Singleton
public class ChannelRemoval {
    private static final System.Logger LOG = System.getLogger(ChannelRemoval.class.getName());
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final ChannelStore channels;
    private final UnifiedJedis redis;
    private final MembershipBroadcast broadcast;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    public ChannelRemoval(
            ChannelStore channels, UnifiedJedis redis, MembershipBroadcast broadcast, AuditTrail audit, Clock clock) {
        this.channels = channels;
        this.redis = redis;
        this.broadcast = broadcast;
        this.audit = audit;
        this.clock = clock;
    }

    /// @throws StormException NOT_FOUND
    public void delete(Caller caller, ChannelId id) {
        StoredChannel channel = channels.bury(id).orElseThrow(() -> StormException.notFound("channel"));
        audit.record(caller, "channel.delete", ChannelService.target(id), Map.of("name", channel.name()));
        try {
            broadcast.publish(new MembershipChanged(id, ChannelChange.DELETED, null, clock.instant()));
            removeContents(id);
        } catch (StormException e) {
            // The channel is gone for everybody who asks; the rest is taken away by the next [#finish] that can.
            LOG.log(Level.WARNING, "the contents of {0} go later: {1}", ChannelService.target(id), e.detail());
        }
    }

    /// Goes on where a crash stopped a deletion, and ends those that had their time.
    public void finish() {
        for (ChannelId id : channels.buried(clock.instant().minus(GRACE))) {
            broadcast.publish(new MembershipChanged(id, ChannelChange.DELETED, null, clock.instant()));
            removeContents(id);
            channels.remove(id);
        }
    }

    private void removeContents(ChannelId id) {
        channels.removeContents(id);
        RedisFaults.translated(() -> redis.del(Keys.events(id)));
    }
}
