/// Channels and their members.
@NullMarked
package storm.store.channels;

import org.jspecify.annotations.NullMarked;
