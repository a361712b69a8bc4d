/// Jobs that were given up, kept in Redis until a moderator handles them.
@NullMarked
package storm.core.deadletters;

import org.jspecify.annotations.NullMarked;
