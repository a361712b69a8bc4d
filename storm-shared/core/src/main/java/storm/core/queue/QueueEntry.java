package storm.core.queue;

import java.time.Instant;

/// A job as it lies in the stream of a partition.
///
/// @param entryId its place in the stream
/// @param attempts how often it was tried before
/// @param sealed opens with [JobCodec]
public record QueueEntry(String entryId, int attempts, String jobId, String sealed) {
    /// When it came to this place, by Redis's clock, which the entry's id begins with.
    public Instant addedAt() {
        return Instant.ofEpochMilli(Long.parseLong(entryId, 0, entryId.indexOf('-'), 10));
    }

    @Override
    public String toString() {
        return "QueueEntry[" + entryId + " " + jobId + " attempts " + attempts + "]";
    }
}
