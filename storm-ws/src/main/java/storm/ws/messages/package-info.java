/// Sending messages, receipts and history.
@NullMarked
package storm.ws.messages;

import org.jspecify.annotations.NullMarked;
