@NullMarked
package storm.core.sessions;

import org.jspecify.annotations.NullMarked;
