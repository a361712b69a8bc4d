/// Jobs that were given up: looked at, sent back, dropped.
@NullMarked
package storm.rest.deadletters;

import org.jspecify.annotations.NullMarked;
