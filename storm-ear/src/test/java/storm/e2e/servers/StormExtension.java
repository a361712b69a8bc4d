package storm.e2e.servers;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// Starts the Storm that a test class [RunsOn], keeps it for the classes after it, and after each class sees that every
/// server still runs and that none has written to its log what only people may read.
///
/// One Storm lives at a time: the small machines that build this have memory and processors for no more.
public final class StormExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static @Nullable Storm current;

    /// Classes of one topology together, so that each topology starts once.
    public static final class ByTopology implements ClassOrderer {
        @Override
        public void orderClasses(ClassOrdererContext context) {
            context.getClassDescriptors()
                    .sort(Comparator.comparing((ClassDescriptor each) -> topology(each.getTestClass())
                                    .map(Enum::ordinal)
                                    .orElse(-1))
                            .thenComparing(each -> each.getTestClass().getName()));
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(StormExtension.class))
                .getOrComputeIfAbsent("end", _ -> (AutoCloseable) StormExtension::end);
        on(topology(context.getRequiredTestClass()).orElseThrow());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Storm storm = running();
        storm.heal();
        Logs.mustKeepSecrets(storm);
    }

    private static synchronized void on(Topology topology) {
        Storm storm = current;
        if (storm != null && storm.topology() == topology) {
            return;
        }
        end();
        current = Storm.start(topology);
    }

    private static synchronized void end() {
        Storm storm = current;
        current = null;
        if (storm != null) {
            storm.close();
        }
    }

    private static synchronized Storm running() {
        Storm storm = current;
        if (storm == null) {
            throw new IllegalStateException("no Storm runs");
        }
        return storm;
    }

    private static Optional<Topology> topology(Class<?> testClass) {
        return AnnotationSupport.findAnnotation(testClass, RunsOn.class).map(RunsOn::value);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Storm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running();
    }
}
