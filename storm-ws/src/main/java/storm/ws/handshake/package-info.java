/// From the upgrade to `connection.ready`: where a client comes from, who it is, what it may see.
@NullMarked
package storm.ws.handshake;

import org.jspecify.annotations.NullMarked;
