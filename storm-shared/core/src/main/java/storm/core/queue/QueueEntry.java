package storm.core.queue;

/// A job as it lies in the stream of a partition.
///
/// @param entryId its place in the stream
/// @param attempts how often it was tried before
/// @param sealed opens with [JobCodec]
public record QueueEntry(String entryId, int attempts, String jobId, String sealed) {
    @Override
    public String toString() {
        return "QueueEntry[" + entryId + " " + jobId + " attempts " + attempts + "]";
    }
}
