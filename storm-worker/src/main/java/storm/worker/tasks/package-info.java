/// Work that one worker at a time does in the background.
@NullMarked
package storm.worker.tasks;

import org.jspecify.annotations.NullMarked;
