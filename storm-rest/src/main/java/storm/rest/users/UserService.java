package storm.rest.users;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.protocol.users.Role;
import storm.protocol.users.UpdateProfileRequest;
import storm.protocol.users.UpdateUserRequest;
import storm.protocol.users.User;
import storm.rest.access.AccessPolicy;
import storm.rest.access.Caller;
import storm.rest.audit.AuditTrail;
import storm.rest.auth.AuthService;
import storm.rest.auth.SessionService;
import storm.store.pages.PageRequest;
import storm.store.users.Account;
import storm.store.users.ProfileChange;
import storm.store.users.UserFilter;
import storm.store.users.UserStore;

/// Looks users up and changes them.
@Singleton
public class UserService {
    private static final int ATTEMPTS = 5;

    private final UserStore users;
    private final SessionService sessions;
    private final AccessPolicy policy;
    private final AuditTrail audit;

    @Inject
    public UserService(UserStore users, SessionService sessions, AccessPolicy policy, AuditTrail audit) {
        this.users = users;
        this.sessions = sessions;
        this.policy = policy;
        this.audit = audit;
    }

    public Page<User> list(Caller caller, UserFilter filter, PageRequest page) {
        return users.list(filter, page).map(account -> shown(caller, account));
    }

    /// @throws StormException NOT_FOUND
    public User find(Caller caller, UserId id) {
        return shown(caller, account(id));
    }

    /// @throws StormException VALIDATION_ERROR if nothing is to change, CONFLICT if a name is taken
    public User updateProfile(Caller caller, UpdateProfileRequest request) {
        ProfileChange change = names(request.username(), request.email());
        if (change.isEmpty()) {
            throw StormException.invalid("username or email is needed", Map.of());
        }
        return shown(caller, users.rename(caller.userId(), change).orElseThrow(() -> StormException.notFound("user")));
    }

    /// Changes a user on behalf of staff; the role last, since it may be refused.
    ///
    /// @throws StormException NOT_FOUND, FORBIDDEN, CONFLICT
    public User update(Caller caller, UserId id, UpdateUserRequest request) {
        ProfileChange names = names(request.username(), request.email());
        boolean standing = request.role() != null || request.isActive() != null;
        if (names.isEmpty() && !standing) {
            throw StormException.invalid("at least one of username, email, role, isActive is needed", Map.of());
        }
        if (!names.isEmpty() || request.isActive() != null) {
            policy.updateUser(caller);
        }
        Account account = account(id);
        if (request.role() != null) {
            policy.assignRole(caller, account, request.role());
        }
        if (!names.isEmpty()) {
            Account before = account;
            account = users.rename(id, names).orElseThrow(() -> StormException.notFound("user"));
            audit.record(caller, "user.update", target(id), renamed(before, account));
        }
        if (standing) {
            account = changeStanding(caller, id, request.role(), request.isActive());
        }
        return shown(caller, account);
    }

    /// @throws StormException NOT_FOUND, or CONFLICT for the last active admin
    public void deactivate(Caller caller, UserId id) {
        changeStanding(caller, id, null, false);
    }

    /// Ends all sessions of a user on behalf of staff.
    ///
    /// @throws StormException NOT_FOUND
    public long endSessions(Caller caller, UserId id) {
        account(id);
        long ended = sessions.endAll(id);
        audit.record(caller, "user.sessions.revoke", target(id), Map.of("revoked", Long.toString(ended)));
        return ended;
    }

    /// Whoever changes the same user meanwhile, the rules are asked of the state that is replaced. Also when
    /// nothing is left to change the tokens are revoked: so a call that failed half-way can be repeated to its end.
    private Account changeStanding(Caller caller, UserId id, @Nullable Role role, @Nullable Boolean active) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account before = account(id);
            if (role != null) {
                policy.assignRole(caller, before, role);
            }
            Account after = users.changeStanding(
                            before, role == null ? before.role() : role, active == null ? before.isActive() : active)
                    .orElse(null);
            if (after != null) {
                try {
                    revoke(after);
                } finally {
                    // The change stands, whatever became of the revocation.
                    recordStanding(caller, before, after);
                }
                return after;
            }
        }
        throw new StormException(ErrorCode.CONFLICT, "the user was changed meanwhile");
    }

    private void revoke(Account account) {
        if (account.isActive()) {
            sessions.revokeTokens(account.id());
        } else {
            sessions.endAll(account.id());
        }
    }

    private void recordStanding(Caller caller, Account before, Account after) {
        String target = target(after.id());
        if (before.role() != after.role()) {
            audit.record(
                    caller,
                    "user.role.assign",
                    target,
                    Map.of("before", before.role().wire(), "after", after.role().wire()));
        }
        if (before.isActive() != after.isActive()) {
            audit.record(
                    caller,
                    after.isActive() ? "user.activate" : "user.deactivate",
                    target,
                    Map.of(
                            "before", Boolean.toString(before.isActive()),
                            "after", Boolean.toString(after.isActive())));
        }
    }

    private Account account(UserId id) {
        return users.find(id).orElseThrow(() -> StormException.notFound("user"));
    }

    private User shown(Caller caller, Account account) {
        return new User(
                account.id(),
                account.username(),
                policy.seesEmail(caller, account.id()) ? account.email() : null,
                account.role(),
                account.isActive(),
                account.lastSeenAt(),
                account.createdAt());
    }

    private static ProfileChange names(@Nullable String username, @Nullable String email) {
        return new ProfileChange(username, email == null ? null : AuthService.lowerCase(email));
    }

    /// E-mails stay out of the log: that one was changed is enough.
    private static Map<String, String> renamed(Account before, Account after) {
        Map<String, String> details = new LinkedHashMap<>();
        if (!before.username().equals(after.username())) {
            details.put("usernameBefore", before.username());
            details.put("usernameAfter", after.username());
        }
        if (!before.email().equals(after.email())) {
            details.put("email", "changed");
        }
        return details;
    }

    private static String target(UserId id) {
        return "user:" + id.value();
    }
}
