@NullMarked
package storm.core.ratelimit;

import org.jspecify.annotations.NullMarked;
