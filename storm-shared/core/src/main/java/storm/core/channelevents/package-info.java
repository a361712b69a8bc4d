/// The events of a channel after a worker gave them their seq: a stream to read back from and a topic to
/// follow.
@NullMarked
package storm.core.channelevents;

import org.jspecify.annotations.NullMarked;
