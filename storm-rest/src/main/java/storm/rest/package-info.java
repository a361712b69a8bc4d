/// The REST front door.
@NullMarked
package storm.rest;

import org.jspecify.annotations.NullMarked;
