/// The WebSocket contract, row by row and promise by promise, on two gateways at once.
@NullMarked
package storm.e2e.gateway;

import org.jspecify.annotations.NullMarked;
