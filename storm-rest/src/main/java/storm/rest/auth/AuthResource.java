package storm.rest.auth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.WsTickets;
import storm.protocol.auth.AuthTokens;
import storm.protocol.auth.LoginRequest;
import storm.protocol.auth.RefreshRequest;
import storm.protocol.auth.RegisterRequest;
import storm.protocol.auth.Revoked;
import storm.protocol.auth.Sessions;
import storm.protocol.auth.WsTicket;
import storm.protocol.ids.SessionId;
import storm.rest.access.Caller;
import storm.rest.access.NeedsRedis;
import storm.rest.access.Public;
import storm.rest.access.SignedIn;
import storm.rest.http.Done;
import storm.rest.http.Status;

/// `/auth`: signing up, in and out.
@Tag(name = "auth", description = "Signing up, in and out.")
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Singleton
public class AuthResource {
    private final AuthService auth;
    private final SessionService sessions;
    private final WsTickets tickets;
    private final AccessTokens tokens;

    @Inject
    public AuthResource(AuthService auth, SessionService sessions, WsTickets tickets, AccessTokens tokens) {
        this.auth = auth;
        this.sessions = sessions;
        this.tickets = tickets;
        this.tokens = tokens;
    }

    @Operation(operationId = "register", summary = "Makes an account and begins its first session.")
    @APIResponse(responseCode = "409", description = "CONFLICT: username or e-mail is taken.")
    @POST
    @Path("/register")
    @Public
    @Status(201)
    public AuthTokens register(RegisterRequest request) {
        return auth.register(request);
    }

    @Operation(operationId = "login", summary = "Begins a session by e-mail and password.")
    @APIResponse(
            responseCode = "401",
            description = "UNAUTHORIZED: wrong e-mail or password, in the same words and time for both.")
    @POST
    @Path("/login")
    @Public
    public AuthTokens login(LoginRequest request) {
        return auth.login(request);
    }

    @Operation(operationId = "refresh", summary = "Gives new tokens for a refresh token, which works once.")
    @APIResponse(
            responseCode = "401",
            description =
                    "UNAUTHORIZED: unknown or expired. TOKEN_REUSE_DETECTED: it was used before; every session of the user is ended.")
    @POST
    @Path("/refresh")
    @Public
    public AuthTokens refresh(RefreshRequest request) {
        return sessions.refresh(request.refreshToken());
    }

    @Operation(operationId = "logout", summary = "Ends this session.")
    @POST
    @Path("/logout")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @SignedIn
    public Done logout(@Context SecurityContext security) {
        Caller caller = Caller.of(security);
        sessions.endQuietly(caller.userId(), caller.sessionId());
        return new Done();
    }

    @Operation(operationId = "logoutAll", summary = "Ends every session of the caller.")
    @POST
    @Path("/logout-all")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @SignedIn
    public Revoked logoutAll(@Context SecurityContext security) {
        return new Revoked(sessions.endAll(Caller.of(security).userId()));
    }

    @Operation(operationId = "listSessions", summary = "The sessions of the caller.")
    @GET
    @Path("/sessions")
    @SignedIn
    public Sessions list(@Context SecurityContext security) {
        return sessions.list(Caller.of(security));
    }

    @Operation(operationId = "endSession", summary = "Ends one session of the caller.")
    @DELETE
    @Path("/sessions/{sessionId}")
    @Consumes(MediaType.WILDCARD)
    @NeedsRedis
    @SignedIn
    public Done end(@PathParam("sessionId") SessionId sessionId, @Context SecurityContext security) {
        sessions.end(Caller.of(security).userId(), sessionId);
        return new Done();
    }

    @Operation(operationId = "makeTicket", summary = "A ticket that opens one WebSocket within 30 seconds.")
    @POST
    @Path("/ws-ticket")
    @Consumes(MediaType.WILDCARD)
    @Status(201)
    @NeedsRedis
    @SignedIn
    public WsTicket ticket(@Context SecurityContext security) {
        return new WsTicket(tickets.issue(Caller.of(security).token()), WsTickets.LIFETIME.toSeconds());
    }

    @Operation(operationId = "listKeys", summary = "The public keys that verify access tokens.")
    @APIResponse(responseCode = "404", description = "NOT_FOUND: a shared secret signs.")
    @GET
    @Path("/jwks")
    @Public
    public PublicKeys keys() {
        return PublicKeys.of(tokens.publishedKeys());
    }
}
