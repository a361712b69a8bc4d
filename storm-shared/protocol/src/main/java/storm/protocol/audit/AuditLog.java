package storm.protocol.audit;

import java.util.List;

/// Answer of GET /audit-log, newest first.
public record AuditLog(List<AuditEntry> entries) {}
