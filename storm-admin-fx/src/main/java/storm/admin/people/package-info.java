/// Users: roles, states and sessions.
@NullMarked
package storm.admin.people;

import org.jspecify.annotations.NullMarked;
