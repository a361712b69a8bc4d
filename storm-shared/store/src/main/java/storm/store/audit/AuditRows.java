package storm.store.audit;

import jakarta.data.repository.DataRepository;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Repository;

/// The audit log as a Jakarta Data repository, which can add to it and nothing else.
@Repository
public interface AuditRows extends DataRepository<AuditRow, String> {
    @Insert
    void insert(AuditRow row);
}
