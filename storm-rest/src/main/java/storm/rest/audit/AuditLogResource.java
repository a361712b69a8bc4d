package storm.rest.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import storm.protocol.audit.AuditLog;
import storm.protocol.users.Permission;
import storm.rest.access.Requires;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.rest.http.Params;
import storm.store.audit.AuditFilter;
import storm.store.audit.AuditStore;

/// `/audit-log`: who did what to whom and when.
@Tag(name = "audit log", description = "Who did what to whom, and when.")
@Path("/audit-log")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class AuditLogResource {
    private final AuditStore store;

    @Inject
    public AuditLogResource(AuditStore store) {
        this.store = store;
    }

    @Operation(operationId = "listAuditLog", summary = "Entries, newest first.")
    @APIResponseSchema(AuditLog.class)
    @GET
    @Requires(Permission.AUDIT_READ)
    public Paged list(
            @Parameter(
                            description = "Only what this user did.",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^[0-9a-fA-F]{24}$"))
                    @QueryParam("actorId")
                    @Nullable
                    String actorId,
            @Parameter(description = "How the action begins, such as `user.`", schema = @Schema(maxLength = 254))
                    @QueryParam("action")
                    @Nullable
                    String action,
            @Parameter(description = "How the target begins, such as `channel:`", schema = @Schema(maxLength = 254))
                    @QueryParam("target")
                    @Nullable
                    String target,
            @Parameter(
                            description = "From this moment on.",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Before this moment.",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @BeanParam PageParams page) {
        AuditFilter filter = new AuditFilter(
                Params.userId("actorId", actorId),
                Params.prefix("action", action),
                Params.prefix("target", target),
                Params.instant("from", from),
                Params.instant("to", to));
        return Paged.of(store.list(filter, page.request()), AuditLog::new);
    }
}
