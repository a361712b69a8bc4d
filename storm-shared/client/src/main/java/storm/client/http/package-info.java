/// One HTTP call of the REST interface: request, envelope, errors, TLS. Everything else here is built on it.
@NullMarked
package storm.client.http;

import org.jspecify.annotations.NullMarked;
