package storm.admin.people;

import java.util.List;
import java.util.stream.Stream;
import storm.protocol.users.Permission;
import storm.protocol.users.Role;
import storm.protocol.users.User;

/// What somebody may do to somebody else, so that nothing is offered that the server would refuse. The server refuses
/// it all the same, and alone knows who is the last admin.
final class RoleRules {
    private RoleRules() {}

    /// The roles that `actor` may give to `target`, other than the one they have.
    static List<Role> assignable(User actor, User target) {
        if (actor.id().equals(target.id()) || !actor.role().may(Permission.USER_ROLE_ASSIGN)) {
            return List.of();
        }
        boolean any = actor.role().may(Permission.USER_UPDATE_ANY);
        if (!any && target.role() == Role.ADMIN) {
            return List.of();
        }
        return Stream.of(Role.values())
                .filter(role -> role != target.role())
                .filter(role -> any || role != Role.ADMIN)
                .toList();
    }

    static boolean mayDeactivate(User actor, User target) {
        return target.isActive()
                && !actor.id().equals(target.id())
                && actor.role().may(Permission.USER_DEACTIVATE);
    }

    static boolean mayReactivate(User actor, User target) {
        return !target.isActive() && actor.role().may(Permission.USER_UPDATE_ANY);
    }

    static boolean mayEndSessions(User actor, User target) {
        return !actor.id().equals(target.id()) && actor.role().may(Permission.SESSION_REVOKE_ANY);
    }
}
