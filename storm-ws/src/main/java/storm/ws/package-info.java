/// The WebSocket gateway.
@NullMarked
package storm.ws;

import org.jspecify.annotations.NullMarked;
