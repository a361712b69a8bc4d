package storm.rest.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import storm.protocol.users.Permission;

/// A route for those whose role has at least one of these permissions. What else it takes, such as membership, the
/// [AccessPolicy] decides.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
    Permission[] value();
}
