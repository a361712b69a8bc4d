/// Keyset pages over (createdAt, _id), newest first.
@NullMarked
package storm.store.pages;

import org.jspecify.annotations.NullMarked;
