package storm.rest.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import storm.core.ratelimit.RateLimitConfig;
import storm.core.ratelimit.RateLimitConfig.Limit;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.users.Permission;
import storm.protocol.users.Role;
import storm.rest.http.RestConfig;
import storm.store.channels.ChannelPatch;
import storm.store.channels.StoredChannel;
import storm.store.users.Account;

/// Every rule about who may do what. Nothing else asks for a role or a permission.
@Singleton
public class AccessPolicy {
    private final RateLimitConfig limits;

    @Inject
    public AccessPolicy(RestConfig config) {
        this.limits = config.limits();
    }

    /// How often the caller may ask: staff more often, so that a console may poll.
    Limit limit(Caller caller) {
        return may(caller, Permission.QUEUE_READ) ? limits.staffCalls() : limits.userCalls();
    }

    /// @throws StormException FORBIDDEN if the caller's role has none of them
    void requireAny(Caller caller, Permission... permissions) {
        if (Arrays.stream(permissions).noneMatch(permission -> may(caller, permission))) {
            throw forbidden("the role lacks the permission " + permissions[0].wire());
        }
    }

    /// @throws StormException FORBIDDEN
    public void readChannel(Caller caller, StoredChannel channel) {
        require(isMember(caller, channel) || may(caller, Permission.CHANNEL_READ_ANY));
    }

    /// Lists of channels beyond one's own.
    ///
    /// @throws StormException FORBIDDEN
    public void readAnyChannel(Caller caller) {
        requireAny(caller, Permission.CHANNEL_READ_ANY);
    }

    /// @throws StormException FORBIDDEN
    public void updateChannel(Caller caller, StoredChannel channel, ChannelPatch patch) {
        require(may(caller, Permission.CHANNEL_UPDATE_ANY)
                || (isMember(caller, channel) && may(caller, Permission.CHANNEL_UPDATE_OWN)));
        if (patch.archived() != null) {
            requireAny(caller, Permission.CHANNEL_ARCHIVE);
        }
    }

    /// @throws StormException FORBIDDEN
    public void addMember(Caller caller, StoredChannel channel) {
        require(may(caller, Permission.CHANNEL_UPDATE_ANY)
                || (isMember(caller, channel) && may(caller, Permission.CHANNEL_MANAGE_MEMBERS)));
    }

    /// @throws StormException FORBIDDEN
    public void removeMember(Caller caller, UserId member) {
        require(caller.userId().equals(member) || may(caller, Permission.CHANNEL_UPDATE_ANY));
    }

    /// Reading and sending messages, and marking them read, is for members alone, whatever their role.
    ///
    /// @throws StormException FORBIDDEN
    public void takePart(Caller caller, StoredChannel channel) {
        require(isMember(caller, channel));
    }

    /// @throws StormException FORBIDDEN
    public void editMessage(Caller caller, UserId sender) {
        require(caller.userId().equals(sender));
    }

    /// @return whether it takes the right to delete those of others
    /// @throws StormException FORBIDDEN
    public boolean deleteMessage(Caller caller, UserId sender) {
        if (caller.userId().equals(sender)) {
            return false;
        }
        requireAny(caller, Permission.MESSAGE_DELETE_ANY);
        return true;
    }

    /// Whether the caller may see the e-mail of that user.
    public boolean seesEmail(Caller caller, UserId user) {
        return caller.userId().equals(user) || may(caller, Permission.USER_LIST);
    }

    /// Names and activity of others.
    ///
    /// @throws StormException FORBIDDEN
    public void updateUser(Caller caller) {
        requireAny(caller, Permission.USER_UPDATE_ANY);
    }

    /// Nobody changes their own role; who may not update users at all moves others between member and moderator.
    ///
    /// @throws StormException FORBIDDEN
    public void assignRole(Caller caller, Account target, Role role) {
        requireAny(caller, Permission.USER_ROLE_ASSIGN);
        if (caller.userId().equals(target.id())) {
            throw forbidden("nobody changes their own role");
        }
        if (!may(caller, Permission.USER_UPDATE_ANY) && (target.role() == Role.ADMIN || role == Role.ADMIN)) {
            throw forbidden("only an admin makes or unmakes admins");
        }
    }

    private static boolean isMember(Caller caller, StoredChannel channel) {
        return channel.hasMember(caller.userId());
    }

    private static boolean may(Caller caller, Permission permission) {
        return caller.role().may(permission);
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw forbidden("not allowed");
        }
    }

    private static StormException forbidden(String sentence) {
        return new StormException(ErrorCode.FORBIDDEN, sentence);
    }
}
