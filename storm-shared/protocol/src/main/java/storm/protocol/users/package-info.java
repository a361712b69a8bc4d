/// Users, roles and permissions on the wire.
@NullMarked
package storm.protocol.users;

import org.jspecify.annotations.NullMarked;
