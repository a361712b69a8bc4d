/// The worker's benchmark. It stands where a front door stands, so it knows the queue from the inside, and it brings
/// stores and a worker of its own.
@NullMarked
package storm.bench.worker;

import org.jspecify.annotations.NullMarked;
