package storm.rest.deadletters;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.core.deadletters.DeadLetterBox;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.errors.StormException;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.rest.Page;
import storm.rest.access.Caller;
import storm.rest.audit.AuditTrail;

/// Shows dead letters to staff, sends them back to the queue and drops them.
@Singleton
public class DeadLetterService {
    private final DeadLetterBox box;
    private final AuditTrail audit;

    @Inject
    public DeadLetterService(DeadLetterBox box, AuditTrail audit) {
        this.box = box;
        this.audit = audit;
    }

    public Page<DeadLetter> list(DeadLetterFilter filter, int limit, @Nullable String cursor) {
        return box.list(filter, limit, cursor);
    }

    /// @throws StormException NOT_FOUND
    public DeadLetter find(DeadLetterId id) {
        return box.find(id).orElseThrow(DeadLetterService::notFound);
    }

    /// @throws StormException NOT_FOUND, also if somebody else was quicker
    public long retry(Caller caller, DeadLetterId id) {
        audit.mustBeOpen();
        if (!box.retry(id)) {
            throw notFound();
        }
        audit.record(caller, "deadletter.retry", "deadletter:" + id.value(), Map.of());
        return 1;
    }

    /// @return how many went back
    /// @throws StormException VALIDATION_ERROR unless either ids or a filter select them
    public long retry(Caller caller, DeadLetterSelection selection) {
        List<DeadLetterId> ids = ids(selection);
        audit.mustBeOpen();
        long retried = ids == null ? box.retryAll(filter(selection)) : box.retryAll(ids);
        record(caller, "deadletter.retry", "retried", retried, selection);
        return retried;
    }

    /// @throws StormException NOT_FOUND, also if somebody else was quicker
    public long discard(Caller caller, DeadLetterId id) {
        audit.mustBeOpen();
        if (!box.discard(id)) {
            throw notFound();
        }
        audit.record(caller, "deadletter.discard", "deadletter:" + id.value(), Map.of());
        return 1;
    }

    /// @return how many were dropped
    /// @throws StormException VALIDATION_ERROR unless either ids or a filter select them
    public long discard(Caller caller, DeadLetterSelection selection) {
        List<DeadLetterId> ids = ids(selection);
        audit.mustBeOpen();
        long discarded = ids == null ? box.discardAll(filter(selection)) : box.discardAll(ids);
        record(caller, "deadletter.discard", "discarded", discarded, selection);
        return discarded;
    }

    private void record(Caller caller, String action, String what, long count, DeadLetterSelection selection) {
        audit.record(
                caller,
                action,
                "deadletters",
                Map.of(what, Long.toString(count), "by", selection.ids() == null ? "filter" : "ids"));
    }

    private static @Nullable List<DeadLetterId> ids(DeadLetterSelection selection) {
        if ((selection.ids() == null) == (selection.filter() == null)) {
            throw StormException.invalid("either ids or filter is needed", Map.of());
        }
        return selection.ids();
    }

    private static DeadLetterFilter filter(DeadLetterSelection selection) {
        DeadLetterFilter filter = selection.filter();
        return filter == null ? new DeadLetterFilter(null, null) : filter;
    }

    private static StormException notFound() {
        return StormException.notFound("dead letter");
    }
}
