/// Messages on the wire.
@NullMarked
package storm.protocol.messages;

import org.jspecify.annotations.NullMarked;
