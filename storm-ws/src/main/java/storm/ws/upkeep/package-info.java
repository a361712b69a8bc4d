/// What the gateway does by the clock, and after it lost touch with Redis.
@NullMarked
package storm.ws.upkeep;

import org.jspecify.annotations.NullMarked;
