/// The Jakarta WebSocket endpoint, the only place that knows the container.
@NullMarked
package storm.ws.endpoint;

import org.jspecify.annotations.NullMarked;
