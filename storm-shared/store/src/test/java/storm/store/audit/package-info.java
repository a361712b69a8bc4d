@NullMarked
package storm.store.audit;

import org.jspecify.annotations.NullMarked;
