/// Channels, their members, and how far each has read.
@NullMarked
package storm.rest.channels;

import org.jspecify.annotations.NullMarked;
