/// The only way in and out of JSON.
@NullMarked
package storm.protocol.json;

import org.jspecify.annotations.NullMarked;
