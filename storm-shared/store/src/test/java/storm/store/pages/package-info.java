@NullMarked
package storm.store.pages;

import org.jspecify.annotations.NullMarked;
