/// Load on the gateway: many sockets that cost the load generator next to nothing, and the scenarios they act in.
@NullMarked
package storm.bench.gateway;

import org.jspecify.annotations.NullMarked;
