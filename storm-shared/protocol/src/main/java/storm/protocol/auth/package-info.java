/// Accounts and sessions on the wire.
@NullMarked
package storm.protocol.auth;

import org.jspecify.annotations.NullMarked;
