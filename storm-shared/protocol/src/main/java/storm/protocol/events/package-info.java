/// What crosses a WebSocket: client events, server events, channel events and their frames.
@NullMarked
package storm.protocol.events;

import org.jspecify.annotations.NullMarked;
