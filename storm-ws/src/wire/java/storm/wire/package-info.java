/// The described wire, for the tests of every module that speaks it.
@NullMarked
package storm.wire;

import org.jspecify.annotations.NullMarked;
