/// The administration console.
@NullMarked
package storm.admin;

import org.jspecify.annotations.NullMarked;
