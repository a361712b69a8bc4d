package storm.e2e.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that runs on a whole Storm of this topology and may have it as a parameter. Classes of one topology run
/// one after another on the same Storm, so each makes its own people and channels, and mends what it broke.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(StormExtension.class)
public @interface RunsOn {
    Topology value();
}
