package storm.rest.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.core.membership.MembershipBroadcast;
import storm.core.membership.MembershipChanged;
import storm.protocol.channels.ChannelChange;
import storm.protocol.channels.CreateChannelRequest;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.rest.access.AccessPolicy;
import storm.rest.access.Caller;
import storm.rest.audit.AuditTrail;
import storm.store.channels.ChannelFilter;
import storm.store.channels.ChannelPatch;
import storm.store.channels.ChannelStore;
import storm.store.channels.StoredChannel;
import storm.store.pages.PageRequest;
import storm.store.users.Account;
import storm.store.users.UserStore;

/// Makes channels and changes them and their members. What changed is told to the gateways once the database has
/// it.
@Singleton
public class ChannelService {
    private final ChannelStore channels;
    private final UserStore users;
    private final MembershipBroadcast broadcast;
    private final AccessPolicy policy;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    public ChannelService(
            ChannelStore channels,
            UserStore users,
            MembershipBroadcast broadcast,
            AccessPolicy policy,
            AuditTrail audit,
            Clock clock) {
        this.channels = channels;
        this.users = users;
        this.broadcast = broadcast;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
    }

    public Page<StoredChannel> list(
            Caller caller, boolean all, @Nullable String prefix, boolean archived, PageRequest page) {
        if (all || prefix != null) {
            policy.readAnyChannel(caller);
        }
        return channels.list(new ChannelFilter(all ? null : caller.userId(), prefix, archived), page);
    }

    /// @throws StormException CONFLICT if the name is taken
    public StoredChannel create(Caller caller, CreateChannelRequest request) {
        StoredChannel channel = channels.insert(
                checkedName(request.name()),
                request.description() == null ? "" : request.description(),
                caller.userId());
        done(
                caller,
                channel.id(),
                ChannelChange.CREATED,
                caller.userId(),
                "channel.create",
                Map.of("name", channel.name()));
        return channel;
    }

    /// @throws StormException NOT_FOUND
    public StoredChannel find(ChannelId id) {
        return channels.find(id).orElseThrow(() -> StormException.notFound("channel"));
    }

    /// @throws StormException NOT_FOUND, FORBIDDEN
    public StoredChannel read(Caller caller, ChannelId id) {
        StoredChannel channel = find(id);
        policy.readChannel(caller, channel);
        return channel;
    }

    /// @throws StormException VALIDATION_ERROR if nothing is to change; NOT_FOUND, FORBIDDEN, CONFLICT
    public StoredChannel update(Caller caller, ChannelId id, UpdateChannelRequest request) {
        ChannelPatch patch = new ChannelPatch(
                request.name() == null ? null : checkedName(request.name()),
                request.description(),
                request.isArchived());
        if (patch.isEmpty()) {
            throw StormException.invalid("at least one of name, description, isArchived is needed", Map.of());
        }
        StoredChannel before = find(id);
        policy.updateChannel(caller, before, patch);
        StoredChannel after = channels.update(id, patch).orElseThrow(() -> StormException.notFound("channel"));
        done(caller, id, change(before, after), null, "channel.update", differences(before, after));
        return after;
    }

    /// @throws StormException NOT_FOUND, FORBIDDEN; CONFLICT if the user is a member already
    public StoredChannel addMember(Caller caller, ChannelId id, UserId user) {
        policy.addMember(caller, find(id));
        if (users.find(user).filter(Account::isActive).isEmpty()) {
            throw StormException.notFound("user");
        }
        StoredChannel channel = channels.addMember(id, user).orElseThrow(() -> {
            find(id);
            return new StormException(ErrorCode.CONFLICT, "the user is a member already");
        });
        done(caller, id, ChannelChange.MEMBER_ADDED, user, "channel.member.add", Map.of("userId", user.value()));
        return channel;
    }

    /// @throws StormException NOT_FOUND, also if the user is no member; FORBIDDEN
    public void removeMember(Caller caller, ChannelId id, UserId user) {
        find(id);
        policy.removeMember(caller, user);
        if (channels.removeMember(id, user).isEmpty()) {
            throw StormException.notFound("member");
        }
        done(caller, id, ChannelChange.MEMBER_REMOVED, user, "channel.member.remove", Map.of("userId", user.value()));
    }

    /// Tells the gateways and the audit log what was done: each also when the other is out of reach.
    private void done(
            Caller caller,
            ChannelId id,
            ChannelChange change,
            @Nullable UserId user,
            String action,
            Map<String, String> details) {
        try {
            broadcast.publish(new MembershipChanged(id, change, user, clock.instant()));
        } finally {
            audit.record(caller, action, target(id), details);
        }
    }

    private static ChannelChange change(StoredChannel before, StoredChannel after) {
        if (before.isArchived() == after.isArchived()) {
            return ChannelChange.UPDATED;
        }
        return after.isArchived() ? ChannelChange.ARCHIVED : ChannelChange.UNARCHIVED;
    }

    private static Map<String, String> differences(StoredChannel before, StoredChannel after) {
        Map<String, String> details = new LinkedHashMap<>();
        if (!before.name().equals(after.name())) {
            details.put("nameBefore", before.name());
            details.put("nameAfter", after.name());
        }
        if (!before.description().equals(after.description())) {
            details.put("description", "changed");
        }
        if (before.isArchived() != after.isArchived()) {
            details.put("archivedBefore", Boolean.toString(before.isArchived()));
            details.put("archivedAfter", Boolean.toString(after.isArchived()));
        }
        return details;
    }

    private static String checkedName(String name) {
        if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
            throw StormException.invalid("name", "must not begin or end with blanks, nor hold control characters");
        }
        return name;
    }

    static String target(ChannelId id) {
        return "channel:" + id.value();
    }
}
