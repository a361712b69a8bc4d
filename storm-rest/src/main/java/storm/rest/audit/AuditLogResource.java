package storm.rest.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import storm.protocol.audit.AuditLog;
import storm.protocol.users.Permission;
import storm.rest.access.Requires;
import storm.rest.http.PageParams;
import storm.rest.http.Paged;
import storm.store.audit.AuditStore;

/// `/audit-log`: who did what to whom and when.
@Path("/audit-log")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class AuditLogResource {
    private final AuditStore store;

    @Inject
    public AuditLogResource(AuditStore store) {
        this.store = store;
    }

    @GET
    @Requires(Permission.AUDIT_READ)
    public Paged list(@BeanParam PageParams page) {
        return Paged.of(store.list(page.request()), AuditLog::new);
    }
}
