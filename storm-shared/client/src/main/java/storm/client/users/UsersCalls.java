package storm.client.users;

import org.jspecify.annotations.Nullable;
import storm.client.auth.SignedInCalls;
import storm.client.http.RestCall;
import storm.protocol.auth.Revoked;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.protocol.users.ChangePasswordRequest;
import storm.protocol.users.Role;
import storm.protocol.users.UpdateProfileRequest;
import storm.protocol.users.UpdateUserRequest;
import storm.protocol.users.User;
import storm.protocol.users.Users;

/// Users: oneself, others, and what staff may do to them.
public final class UsersCalls {
    /// Which users to list.
    ///
    /// @param text prefix of username or e-mail
    /// @param active absent: active ones, as the server would have it
    public record Filter(
            @Nullable String text,
            @Nullable Role role,
            @Nullable Boolean active) {
        public static final Filter NONE = new Filter(null, null, null);
    }

    private final SignedInCalls calls;

    public UsersCalls(SignedInCalls calls) {
        this.calls = calls;
    }

    public User me() {
        return calls.call(RestCall.get("/users/me"), User.class);
    }

    public User updateMe(UpdateProfileRequest change) {
        return calls.call(RestCall.patch("/users/me", change), User.class);
    }

    /// Changes the password; every other session ends.
    public void changePassword(String current, String wanted) {
        calls.call(RestCall.put("/users/me/password", new ChangePasswordRequest(current, wanted)));
    }

    /// A page of users, newest first.
    ///
    /// @param cursor of the page before; absent for the first
    public Page<User> list(Filter filter, int limit, @Nullable String cursor) {
        RestCall call = RestCall.get("/users")
                .with("q", filter.text())
                .with("role", filter.role() == null ? null : filter.role().wire())
                .with("active", filter.active())
                .with("limit", limit)
                .with("cursor", cursor);
        return calls.call(call).page(Users.class, Users::users);
    }

    public User get(UserId id) {
        return calls.call(RestCall.get("/users/" + id), User.class);
    }

    public User update(UserId id, UpdateUserRequest change) {
        return calls.call(RestCall.patch("/users/" + id, change), User.class);
    }

    public User changeRole(UserId id, Role role) {
        return update(id, new UpdateUserRequest(null, null, role, null));
    }

    public void deactivate(UserId id) {
        calls.call(RestCall.delete("/users/" + id));
    }

    public User reactivate(UserId id) {
        return update(id, new UpdateUserRequest(null, null, null, true));
    }

    /// Ends every session of somebody and tells how many there were.
    public long endSessions(UserId id) {
        return calls.call(RestCall.delete("/users/" + id + "/sessions"), Revoked.class)
                .revoked();
    }
}
