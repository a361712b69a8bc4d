/// Signed-in sessions by their refresh tokens, of which only hashes are stored.
@NullMarked
package storm.store.sessions;

import org.jspecify.annotations.NullMarked;
