/// The stores as a thief would see them: everything they hold, byte for byte, without Storm's keys.
@NullMarked
package storm.e2e.stores;

import org.jspecify.annotations.NullMarked;
