/// The health answer on the wire.
@NullMarked
package storm.protocol.health;

import org.jspecify.annotations.NullMarked;
