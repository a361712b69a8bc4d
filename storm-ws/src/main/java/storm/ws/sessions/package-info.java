/// How long a connection may live: its token's end, renewal, revocation.
@NullMarked
package storm.ws.sessions;

import org.jspecify.annotations.NullMarked;
