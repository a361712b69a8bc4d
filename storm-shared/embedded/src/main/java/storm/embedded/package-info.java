/// A real Redis and a MongoDB-protocol server inside one JVM: the embedded default and the tests' fixture.
@NullMarked
package storm.embedded;

import org.jspecify.annotations.NullMarked;
