/// The accounts: who may sign in, as what, and what the last admin may not lose.
@NullMarked
package storm.store.users;

import org.jspecify.annotations.NullMarked;
