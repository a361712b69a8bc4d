package storm.store.audit;

import jakarta.nosql.Column;
import jakarta.nosql.Convert;
import jakarta.nosql.Entity;
import jakarta.nosql.Id;
import java.time.Instant;
import java.util.Map;
import org.eclipse.jnosql.databases.mongodb.mapping.ObjectIdConverter;
import storm.protocol.audit.AuditEntry;

/// An entry as the collection `audit_log` keeps it.
@Entity("audit_log")
public record AuditRow(
        @Id @Convert(ObjectIdConverter.class) String id,
        @Column @Convert(ObjectIdConverter.class) String actorId,
        @Column String action,
        @Column String target,
        @Column Map<String, String> details,
        @Column @Convert(BsonDate.class) Instant createdAt,
        @Column String requestId) {
    static AuditRow of(AuditEntry entry) {
        return new AuditRow(
                entry.id(),
                entry.actorId().value(),
                entry.action(),
                entry.target(),
                entry.details(),
                entry.createdAt(),
                entry.requestId());
    }
}
