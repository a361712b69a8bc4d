/// Calls about channels and their members.
@NullMarked
package storm.client.channels;

import org.jspecify.annotations.NullMarked;
