/// Load generator, benchmark and fault runner.
@NullMarked
package storm.bench;

import org.jspecify.annotations.NullMarked;
