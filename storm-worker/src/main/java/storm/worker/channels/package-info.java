/// What the worker knows of channels and their members.
@NullMarked
package storm.worker.channels;

import org.jspecify.annotations.NullMarked;
