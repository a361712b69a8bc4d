/// Answers to what the other servers ask.
@NullMarked
package storm.worker.queries;

import org.jspecify.annotations.NullMarked;
