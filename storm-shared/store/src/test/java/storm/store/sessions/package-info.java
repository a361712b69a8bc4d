@NullMarked
package storm.store.sessions;

import org.jspecify.annotations.NullMarked;
