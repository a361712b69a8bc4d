/// Sealing of what passes through Redis.
@NullMarked
package storm.core.crypto;

import org.jspecify.annotations.NullMarked;
