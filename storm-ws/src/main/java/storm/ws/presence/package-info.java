/// Who watches whom, and what they are told.
@NullMarked
package storm.ws.presence;

import org.jspecify.annotations.NullMarked;
