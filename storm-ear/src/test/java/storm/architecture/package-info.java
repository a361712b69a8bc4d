/// The rules of the architecture that the compiler cannot hold, as tests over the classes of every module.
@NullMarked
package storm.architecture;

import org.jspecify.annotations.NullMarked;
