/// The gateway's ways to Redis: how many may ask at once, and what is announced.
@NullMarked
package storm.ws.redis;

import org.jspecify.annotations.NullMarked;
