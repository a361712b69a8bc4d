/// Users: names, roles, and who is let in.
@NullMarked
package storm.rest.users;

import org.jspecify.annotations.NullMarked;
