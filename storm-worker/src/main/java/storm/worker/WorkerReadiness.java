package storm.worker;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import storm.worker.partitions.PartitionKeeper;

/// Ready when the indexes stand and the last round of the partition keeper reached Redis.
@Readiness
@Singleton
public class WorkerReadiness implements HealthCheck {
    private final StoreReadiness store;
    private final PartitionKeeper partitions;

    @Inject
    public WorkerReadiness(StoreReadiness store, PartitionKeeper partitions) {
        this.store = store;
        this.partitions = partitions;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("worker")
                .status(store.isReady() && partitions.isHealthy())
                .withData("partitions", partitions.owned().size())
                .build();
    }
}
