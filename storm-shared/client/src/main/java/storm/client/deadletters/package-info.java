/// Calls about dead letters.
@NullMarked
package storm.client.deadletters;

import org.jspecify.annotations.NullMarked;
