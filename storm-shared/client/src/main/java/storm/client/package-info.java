/// A Java client for users of Storm, over REST and WebSocket alone.
@NullMarked
package storm.client;

import org.jspecify.annotations.NullMarked;
