package storm.e2e.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the rows and promises of docs/websocket.md that an end-to-end test shows. [ShowsTest] sees that none is
/// without a test, and that each that is named is there.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Shows {
    String[] value();
}
