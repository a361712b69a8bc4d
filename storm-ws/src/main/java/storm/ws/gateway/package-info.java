/// The gateway as a whole: its settings, its start and stop, and the way from what is announced to who it is for.
@NullMarked
package storm.ws.gateway;

import org.jspecify.annotations.NullMarked;
