/// One connected client: its socket, its bounded inbox and outbox, its limits, and who is connected at all.
@NullMarked
package storm.ws.connections;

import org.jspecify.annotations.NullMarked;
