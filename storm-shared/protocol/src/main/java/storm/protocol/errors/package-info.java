/// The one table of errors, from domain to REST status and WebSocket close code.
@NullMarked
package storm.protocol.errors;

import org.jspecify.annotations.NullMarked;
