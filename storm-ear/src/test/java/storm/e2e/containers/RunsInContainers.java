package storm.e2e.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that runs on the Storm of docker-compose.yml and may have it as a parameter. All such classes run one
/// after another on the same one. They run when asked for: `./storm test-containers`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("containers")
@ExtendWith(ContainersExtension.class)
@interface RunsInContainers {}
