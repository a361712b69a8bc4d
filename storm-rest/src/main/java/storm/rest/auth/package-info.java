/// Signing up, in and out.
@NullMarked
package storm.rest.auth;

import org.jspecify.annotations.NullMarked;
