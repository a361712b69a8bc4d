package storm.core.queue;

/// What became of a job that was handed to the queue.
public sealed interface EnqueueResult {
    /// Stored in the queue.
    record Queued() implements EnqueueResult {}

    /// Was stored before, within 24 h.
    record Duplicate() implements EnqueueResult {}

    /// Refused: the partition holds as much as it may.
    record Full() implements EnqueueResult {}
}
