/// A WebSocket endpoint that does nothing but send the same frame to all: what the server can do without Storm.
@NullMarked
package storm.bench.bare;

import org.jspecify.annotations.NullMarked;
