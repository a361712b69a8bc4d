/// Whether this server and what it needs are well.
@NullMarked
package storm.rest.health;

import org.jspecify.annotations.NullMarked;
