package storm.rest.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A route that cannot do its work without Redis. Where the check in front of it finds Redis out of reach, it is
/// refused at once: so nothing is done by half, and nobody waits for Redis twice.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NeedsRedis {
    /// The query parameter without which the route does without Redis; empty if it never does.
    String onlyWith() default "";
}
