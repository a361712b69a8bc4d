package storm.e2e.containers;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import storm.e2e.servers.RunningStorm;

/// Starts the containers for the first class that wants them and takes them down after the last.
final class ContainersExtension implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
        // Every client of this JVM believes the generated certificate authority from now on, and no other.
        SSLContext.setDefault(storm(context).tls());
    }

    private static ContainerStorm storm(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ContainersExtension.class))
                .getOrComputeIfAbsent("storm", _ -> ContainerStorm.start(), ContainerStorm.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ContainerStorm.class || type == RunningStorm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return storm(context);
    }
}
