/// Messages in MongoDB: rows whose texts are encrypted before they get here.
@NullMarked
package storm.store.messages;

import org.jspecify.annotations.NullMarked;
