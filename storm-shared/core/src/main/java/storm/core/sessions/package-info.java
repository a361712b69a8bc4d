/// Who is signed in: access tokens, what was revoked, and single-use tickets that open a socket.
///
/// The refresh tokens and the users themselves are in the database, which the gateway cannot see; what is here needs
/// Redis and a public key alone.
@NullMarked
package storm.core.sessions;

import org.jspecify.annotations.NullMarked;
