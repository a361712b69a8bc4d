/// Who may do what: the one enforcement point, and the one policy it asks.
@NullMarked
package storm.rest.access;

import org.jspecify.annotations.NullMarked;
