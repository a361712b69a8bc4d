package storm.core.queue;

import java.util.List;

/// Jobs of a partition in the order of the queue.
///
/// @param again whether they were handed out before: by an owner that died, in an answer that got lost, or before a
///     failure
public record QueueBatch(List<QueueEntry> entries, boolean again) {
    public QueueBatch {
        entries = List.copyOf(entries);
    }
}
