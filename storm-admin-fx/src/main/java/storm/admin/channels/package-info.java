/// Channels, their members and their latest messages.
@NullMarked
package storm.admin.channels;

import org.jspecify.annotations.NullMarked;
