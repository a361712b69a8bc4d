/// Who is online: one entry per connection, with an expiry, so that a gateway that dies takes nobody's truth with it.
@NullMarked
package storm.core.presence;

import org.jspecify.annotations.NullMarked;
