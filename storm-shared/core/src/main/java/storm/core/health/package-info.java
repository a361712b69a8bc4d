/// Who is alive: heartbeats of workers and a probe through the whole way of a message.
@NullMarked
package storm.core.health;

import org.jspecify.annotations.NullMarked;
