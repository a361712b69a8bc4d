/// Channels and members on the wire.
@NullMarked
package storm.protocol.channels;

import org.jspecify.annotations.NullMarked;
