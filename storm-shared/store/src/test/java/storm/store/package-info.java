@NullMarked
package storm.store;

import org.jspecify.annotations.NullMarked;
