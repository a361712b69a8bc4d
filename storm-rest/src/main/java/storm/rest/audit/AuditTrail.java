package storm.rest.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import storm.protocol.audit.AuditEntry;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.rest.access.Caller;
import storm.rest.http.RequestContext;
import storm.store.audit.AuditFilter;
import storm.store.audit.AuditStore;
import storm.store.pages.PageRequest;

/// Writes the audit log: each action once it is done, before it is answered.
@Singleton
public class AuditTrail {
    private final AuditStore store;
    private final Clock clock;

    @Inject
    public AuditTrail(AuditStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param action such as `user.role.assign`
    /// @param target such as `user:65f…`
    /// @param details before and after, never a secret or a text
    public void record(Caller actor, String action, String target, Map<String, String> details) {
        record(actor.userId(), action, target, details, RequestContext.current().id());
    }

    /// The same for what Storm does by itself.
    public void record(UserId actor, String action, String target, Map<String, String> details, String requestId) {
        store.append(new AuditEntry(
                AuditStore.newId(),
                actor,
                action,
                target,
                details,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                requestId));
    }

    /// Looks whether entries can be written, before something is done that the database has no part in.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void mustBeOpen() {
        store.list(AuditFilter.ALL, PageRequest.first(1));
    }
}
