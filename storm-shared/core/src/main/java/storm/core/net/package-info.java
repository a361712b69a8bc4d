/// Where a request comes from.
@NullMarked
package storm.core.net;

import org.jspecify.annotations.NullMarked;
