/// What the worker counts.
@NullMarked
package storm.worker.metrics;

import org.jspecify.annotations.NullMarked;
