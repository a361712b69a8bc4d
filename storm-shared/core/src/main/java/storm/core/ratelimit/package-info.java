/// How much anybody may ask for in a span of time.
@NullMarked
package storm.core.ratelimit;

import org.jspecify.annotations.NullMarked;
