/// The inbound queue: jobs on their way to a worker, in one Redis Stream per partition.
///
/// Any server enqueues; the owner of a partition, one worker at a time, reads. Ownership is a lease with a
/// fencing
/// number,
/// and every script of an owner checks it, so an owner that slept past its lease can neither read nor
/// acknowledge.
@NullMarked
package storm.core.queue;

import org.jspecify.annotations.NullMarked;
