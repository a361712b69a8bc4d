package storm.protocol.users;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import storm.protocol.WireEnum;

/// The roles and the one table of what each may do. Every role has all that the one before it has.
public enum Role implements WireEnum {
    MEMBER(
            "member",
            EnumSet.of(
                    Permission.MESSAGE_SEND,
                    Permission.MESSAGE_READ,
                    Permission.MESSAGE_DELETE_OWN,
                    Permission.MESSAGE_EDIT_OWN,
                    Permission.CHANNEL_CREATE,
                    Permission.CHANNEL_READ,
                    Permission.CHANNEL_UPDATE_OWN,
                    Permission.CHANNEL_MANAGE_MEMBERS,
                    Permission.USER_READ,
                    Permission.USER_UPDATE_OWN)),
    MODERATOR(
            "moderator",
            and(
                    MEMBER,
                    Permission.MESSAGE_DELETE_ANY,
                    Permission.CHANNEL_ARCHIVE,
                    Permission.CHANNEL_READ_ANY,
                    Permission.CHANNEL_UPDATE_ANY,
                    Permission.USER_LIST,
                    Permission.DEADLETTER_READ,
                    Permission.DEADLETTER_MANAGE,
                    Permission.QUEUE_READ,
                    Permission.USER_ROLE_ASSIGN)),
    ADMIN(
            "admin",
            and(
                    MODERATOR,
                    Permission.CHANNEL_DELETE,
                    Permission.USER_UPDATE_ANY,
                    Permission.USER_DEACTIVATE,
                    Permission.SESSION_REVOKE_ANY,
                    Permission.AUDIT_READ));

    private final String wire;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable; the JDK's Set type cannot say so
    private final Set<Permission> permissions;

    Role(String wire, Set<Permission> permissions) {
        this.wire = wire;
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    private static Set<Permission> and(Role below, Permission... more) {
        Set<Permission> all = EnumSet.copyOf(below.permissions);
        Collections.addAll(all, more);
        return all;
    }

    @Override
    public String wire() {
        return wire;
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
