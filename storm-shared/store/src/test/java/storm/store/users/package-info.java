@NullMarked
package storm.store.users;

import org.jspecify.annotations.NullMarked;
