/// The storage keys of message texts. The worker alone has them: nothing of another server may use this
/// package.
@NullMarked
package storm.store.messagekeys;

import org.jspecify.annotations.NullMarked;
