package storm.rest.users;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import storm.protocol.WireEnum;
import storm.protocol.auth.Revoked;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.users.ChangePasswordRequest;
import storm.protocol.users.Permission;
import storm.protocol.users.Role;
import storm.protocol.users.UpdateProfileRequest;
import storm.protocol.users.UpdateUserRequest;
import storm.protocol.users.User;
import storm.protocol.users.Users;
import storm.rest.access.Caller;
import storm.rest.access.NeedsRedis;
import storm.rest.access.Requires;
import storm.rest.access.SignedIn;
import storm.rest.auth.AuthService;
import storm.rest.http.Done;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.store.users.UserFilter;

/// `/users`.
@Tag(name = "users", description = "People and their roles.")
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Singleton
public class UsersResource {
    private final UserService users;
    private final AuthService auth;

    @Inject
    public UsersResource(UserService users, AuthService auth) {
        this.users = users;
        this.auth = auth;
    }

    @Operation(operationId = "listUsers", summary = "Users, newest first.")
    @APIResponseSchema(Users.class)
    @GET
    @Requires(Permission.USER_LIST)
    public Paged list(
            @Parameter(description = "How username or e-mail begins, in any case.", schema = @Schema(maxLength = 254))
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(
                            description = "Only those of this role.",
                            schema = @Schema(enumeration = {"member", "moderator", "admin"}))
                    @QueryParam("role")
                    @Nullable
                    String role,
            @Parameter(
                            description = "Active or deactivated ones.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "true"))
                    @QueryParam("active")
                    @Nullable
                    String active,
            @BeanParam PageParams page,
            @Context SecurityContext security) {
        UserFilter filter = new UserFilter(Params.prefix("q", q), role(role), Params.flag("active", active, true));
        return Paged.of(users.list(Caller.of(security), filter, page.request()), Users::new);
    }

    @Operation(operationId = "me", summary = "The caller.")
    @GET
    @Path("/me")
    @SignedIn
    public User me(@Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return users.find(caller, caller.userId());
    }

    @Operation(operationId = "updateMe", summary = "Changes the username or e-mail of the caller.")
    @APIResponse(responseCode = "409", description = "CONFLICT: username or e-mail is taken.")
    @PATCH
    @Path("/me")
    @Requires(Permission.USER_UPDATE_OWN)
    public User updateMe(UpdateProfileRequest request, @Context SecurityContext security) {
        return users.updateProfile(Caller.of(security), request);
    }

    @Operation(operationId = "changePassword", summary = "Changes the password and ends every other session.")
    @APIResponse(
            responseCode = "401",
            description =
                    "UNAUTHORIZED: no access token, or the current password is wrong. TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_REVOKED.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the password was changed meanwhile.")
    @PUT
    @Path("/me/password")
    @NeedsRedis
    @SignedIn
    public Done changePassword(ChangePasswordRequest request, @Context SecurityContext security) {
        auth.changePassword(Caller.of(security), request);
        return new Done();
    }

    @Operation(
            operationId = "findUser",
            summary = "One user. The e-mail is shown to oneself and to who may list users.")
    @GET
    @Path("/{userId}")
    @Requires(Permission.USER_READ)
    public User find(@PathParam("userId") UserId userId, @Context SecurityContext security) {
        return users.find(Caller.of(security), userId);
    }

    @Operation(
            operationId = "updateUser",
            summary = "Changes a user. Who may only assign roles changes the role alone.")
    @APIResponse(
            responseCode = "409",
            description = "CONFLICT: username or e-mail is taken, or the last active admin would go.")
    @PATCH
    @Path("/{userId}")
    @NeedsRedis
    @Requires({Permission.USER_UPDATE_ANY, Permission.USER_ROLE_ASSIGN})
    public User update(
            @PathParam("userId") UserId userId, UpdateUserRequest request, @Context SecurityContext security) {
        return users.update(Caller.of(security), userId, request);
    }

    @Operation(operationId = "deactivateUser", summary = "Deactivates a user and ends all sessions.")
    @APIResponse(responseCode = "409", description = "CONFLICT: the last active admin stays.")
    @DELETE
    @Path("/{userId}")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @Requires(Permission.USER_DEACTIVATE)
    public Done deactivate(@PathParam("userId") UserId userId, @Context SecurityContext security) {
        users.deactivate(Caller.of(security), userId);
        return new Done();
    }

    @Operation(operationId = "endUserSessions", summary = "Ends all sessions of a user.")
    @DELETE
    @Path("/{userId}/sessions")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @Requires(Permission.SESSION_REVOKE_ANY)
    public Revoked endSessions(@PathParam("userId") UserId userId, @Context SecurityContext security) {
        return new Revoked(users.endSessions(Caller.of(security), userId));
    }

    private static @Nullable Role role(@Nullable String word) {
        try {
            return word == null ? null : WireEnum.of(Role.class, word);
        } catch (IllegalArgumentException e) {
            throw StormException.invalid("role", String.valueOf(e.getMessage()));
        }
    }
}
