/// The queue worker.
@NullMarked
package storm.worker;

import org.jspecify.annotations.NullMarked;
