/// Questions that only a worker can answer, since it alone reads messages: asked over a list, answered over
/// pub/sub.
@NullMarked
package storm.core.queries;

import org.jspecify.annotations.NullMarked;
