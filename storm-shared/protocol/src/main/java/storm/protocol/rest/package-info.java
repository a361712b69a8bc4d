/// The envelope around every REST answer.
@NullMarked
package storm.protocol.rest;

import org.jspecify.annotations.NullMarked;
