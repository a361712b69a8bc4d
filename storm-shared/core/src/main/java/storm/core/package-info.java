/// What rest, ws and worker share over Redis: configuration, queue, channel events, presence, limits and token checks.
@NullMarked
package storm.core;

import org.jspecify.annotations.NullMarked;
