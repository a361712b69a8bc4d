/// Dead letters on the wire.
@NullMarked
package storm.protocol.deadletters;

import org.jspecify.annotations.NullMarked;
