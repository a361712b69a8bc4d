/// The audit log on the wire.
@NullMarked
package storm.protocol.audit;

import org.jspecify.annotations.NullMarked;
