/// How a change of a channel or its members reaches every process within a second.
@NullMarked
package storm.core.membership;

import org.jspecify.annotations.NullMarked;
