/// The channels that have members connected here: their feeds of events, and who may see them.
@NullMarked
package storm.ws.channels;

import org.jspecify.annotations.NullMarked;
