package storm.client.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.client.auth.SignedInCalls;
import storm.client.http.RestCall;
import storm.protocol.audit.AuditEntry;
import storm.protocol.audit.AuditLog;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;

/// Who did what to whom, for admins.
public final class AuditCalls {
    /// Which entries to list; what is absent does not matter.
    public record Filter(
            @Nullable UserId actorId,
            @Nullable String action,
            @Nullable String target,
            @Nullable Instant from,
            @Nullable Instant to) {
        public static final Filter NONE = new Filter(null, null, null, null, null);
    }

    private final SignedInCalls calls;

    public AuditCalls(SignedInCalls calls) {
        this.calls = calls;
    }

    /// A page of entries, newest first.
    public Page<AuditEntry> list(Filter filter, int limit, @Nullable String cursor) {
        RestCall call = RestCall.get("/audit-log")
                .with("actorId", filter.actorId())
                .with("action", filter.action())
                .with("target", filter.target())
                .with("from", filter.from())
                .with("to", filter.to())
                .with("limit", limit)
                .with("cursor", cursor);
        return calls.call(call).page(AuditLog.class, AuditLog::entries);
    }
}
