/// Identifiers as value records: what is not a well-formed id never becomes one.
@NullMarked
package storm.protocol.ids;

import org.jspecify.annotations.NullMarked;
