package storm.worker.pipeline;

import storm.core.queue.Job;
import storm.core.queue.QueueEntry;

/// A job of a kind, with the entry it came in.
record OpenedJob<J extends Job>(QueueEntry entry, J job) {}
