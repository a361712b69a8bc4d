/// The way of a job through the worker: open, check, allot seqs, encrypt, store, publish, acknowledge.
///
/// Every step can be done twice. What makes it so: a messageId is unique in the database, an edit or deletion
/// leaves its job id on the row, a seq is published once and never after a later one, and acknowledging comes
/// last.
@NullMarked
package storm.worker.pipeline;

import org.jspecify.annotations.NullMarked;
