/// The described wire against the real one.
@NullMarked
package storm.ws.asyncapi;

import org.jspecify.annotations.NullMarked;
