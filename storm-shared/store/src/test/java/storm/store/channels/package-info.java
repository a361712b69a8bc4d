@NullMarked
package storm.store.channels;

import org.jspecify.annotations.NullMarked;
