/// Figures of the queue.
@NullMarked
package storm.rest.queue;

import org.jspecify.annotations.NullMarked;
