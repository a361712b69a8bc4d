/// The OpenAPI document of the REST interface, which the server serves at `/openapi`.
@NullMarked
package storm.rest.openapi;

import org.jspecify.annotations.NullMarked;
