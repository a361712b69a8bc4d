/// What the gateway counts.
@NullMarked
package storm.ws.metrics;

import org.jspecify.annotations.NullMarked;
