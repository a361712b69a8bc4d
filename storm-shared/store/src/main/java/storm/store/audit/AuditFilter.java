package storm.store.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.UserId;

/// Which entries a list shows; what is null does not matter.
///
/// @param action how the action begins, such as `user.` or `user.role.assign`
/// @param target how the target begins, such as `channel:` or `channel:65f…`
/// @param from the first moment shown
/// @param to the moment before which entries are shown
public record AuditFilter(
        @Nullable UserId actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to) {
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
