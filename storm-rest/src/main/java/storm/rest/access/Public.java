package storm.rest.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A route that needs no token. Its calls are counted by client address.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Public {
    /// Whether calls are counted at all: those that watch over the server must never be refused for their number.
    boolean limited() default true;
}
