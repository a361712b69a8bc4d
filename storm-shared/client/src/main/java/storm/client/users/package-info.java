/// Calls about users.
@NullMarked
package storm.client.users;

import org.jspecify.annotations.NullMarked;
