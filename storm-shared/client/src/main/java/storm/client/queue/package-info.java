/// Calls about the queue's state.
@NullMarked
package storm.client.queue;

import org.jspecify.annotations.NullMarked;
