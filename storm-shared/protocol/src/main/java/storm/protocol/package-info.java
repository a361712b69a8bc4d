/// What crosses a wire between Storm and its clients: REST and WebSocket records, errors, ids, and the one JSON entry
/// point.
///
/// No server types and no I/O: servers and clients alike build on it.
@NullMarked
package storm.protocol;

import org.jspecify.annotations.NullMarked;
