package storm.protocol.audit;

import java.time.Instant;
import java.util.Map;
import storm.protocol.ids.UserId;

/// Who did what to whom, and when.
///
/// @param action such as `user.role.assign`
/// @param target what it was done to, such as `user:65f…`
/// @param details before and after, as text
public record AuditEntry(
        String id,
        UserId actorId,
        String action,
        String target,
        Map<String, String> details,
        Instant createdAt,
        String requestId) {
    public AuditEntry {
        details = Map.copyOf(details);
    }
}
