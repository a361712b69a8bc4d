/// The WebSocket side: one connection that comes back by itself and misses nothing.
@NullMarked
package storm.client.live;

import org.jspecify.annotations.NullMarked;
