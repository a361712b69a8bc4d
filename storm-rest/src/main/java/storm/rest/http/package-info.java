/// What every request and answer has in common: envelope, errors, headers, limits of size, origins.
@NullMarked
package storm.rest.http;

import org.jspecify.annotations.NullMarked;
