/// Faults on purpose: workers and stores are killed, stopped and put to sleep under load, then the promises are
/// checked.
@NullMarked
package storm.bench.worker.chaos;

import org.jspecify.annotations.NullMarked;
