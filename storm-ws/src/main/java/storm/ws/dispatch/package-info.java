/// From a client's frame to the feature that answers it, and from what went wrong to what the client is told.
@NullMarked
package storm.ws.dispatch;

import org.jspecify.annotations.NullMarked;
