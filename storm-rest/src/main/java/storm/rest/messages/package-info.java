/// Messages by REST: into the queue, and pages of what is stored.
@NullMarked
package storm.rest.messages;

import org.jspecify.annotations.NullMarked;
