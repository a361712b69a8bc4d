/// What staff did to whom: appended, never changed.
@NullMarked
package storm.store.audit;

import org.jspecify.annotations.NullMarked;
