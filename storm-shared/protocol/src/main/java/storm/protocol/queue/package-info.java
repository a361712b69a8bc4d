/// Queue statistics on the wire.
@NullMarked
package storm.protocol.queue;

import org.jspecify.annotations.NullMarked;
