package storm.worker.partitions;

import java.util.UUID;

/// One run of one worker process.
public record WorkerId(String value) {
    public static WorkerId random() {
        return new WorkerId(UUID.randomUUID().toString());
    }
}
