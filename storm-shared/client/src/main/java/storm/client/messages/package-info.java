/// Calls about messages.
@NullMarked
package storm.client.messages;

import org.jspecify.annotations.NullMarked;
