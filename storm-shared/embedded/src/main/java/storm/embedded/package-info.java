/// A real Redis and a MongoDB-protocol server on loopback: the embedded default, the tests' fixture, and the programs
/// that `./storm` runs to start them, to make secrets and to see what is ready.
@NullMarked
package storm.embedded;

import org.jspecify.annotations.NullMarked;
