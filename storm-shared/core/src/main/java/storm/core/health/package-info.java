/// Who is alive and whether messages move: heartbeats, figures of the queue, and a probe through it.
@NullMarked
package storm.core.health;

import org.jspecify.annotations.NullMarked;
