/// Access to Redis: connections, keys, scripts and subscriptions that heal themselves.
@NullMarked
package storm.core.redis;

import org.jspecify.annotations.NullMarked;
