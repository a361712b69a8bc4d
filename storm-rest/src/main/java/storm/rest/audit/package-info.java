/// The record of what was done to whom.
@NullMarked
package storm.rest.audit;

import org.jspecify.annotations.NullMarked;
