package storm.ws.endpoint;

import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Optional;
import java.util.Properties;

/// Hears from Liberty that the server is about to stop, while its sockets can still be written to.
///
/// When a server stops, Liberty closes its ports and cuts what is connected before it ends the applications, too late
/// for a goodbye. It asks those who listen first: `ServerQuiesceListener`, a published interface, but one that
/// applications cannot see. So the listener is registered by reflection with the OSGi framework that the WebSocket
/// container lives in, by way of the bundle that has the interface. Where that does not work, the goodbye has only the
/// moment that a shutdown hook gives it.
final class ServerStop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServerStop.class.getName());
    private static final String LISTENER = "com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener";
    private static final String HOME = "com.ibm.ws.kernel.service";
    private static final String OSGI = "org.osgi.framework.";

    private final Class<?> registrationType;
    private final Object registration;

    private ServerStop(Class<?> registrationType, Object registration) {
        this.registrationType = registrationType;
        this.registration = registration;
    }

    /// Begins to listen.
    ///
    /// @param container anything of the server's WebSocket container
    /// @param stopping called when the server is about to stop; it waits for the return, within limits of its own
    static Optional<ServerStop> listen(Object container, Runnable stopping) {
        try {
            // The loader of the loaders of all bundles: OSGi's own.
            ClassLoader osgi = container.getClass().getClassLoader().getClass().getClassLoader();
            Class<?> bundleType = Class.forName(OSGI + "Bundle", true, osgi);
            Class<?> contextType = Class.forName(OSGI + "BundleContext", true, osgi);
            Object ours = Class.forName(OSGI + "FrameworkUtil", true, osgi)
                    .getMethod("getBundle", Class.class)
                    .invoke(null, container.getClass());
            Object[] bundles = (Object[]) contextType
                    .getMethod("getBundles")
                    .invoke(bundleType.getMethod("getBundleContext").invoke(ours));
            Method symbolicName = bundleType.getMethod("getSymbolicName");
            Object home = null;
            for (Object bundle : bundles) {
                if (HOME.equals(symbolicName.invoke(bundle))) {
                    home = bundle;
                }
            }
            if (home == null) {
                throw new ClassNotFoundException("no bundle " + HOME);
            }
            Class<?> listenerType =
                    (Class<?>) bundleType.getMethod("loadClass", String.class).invoke(home, LISTENER);
            Object registration = contextType
                    .getMethod("registerService", String.class, Object.class, Dictionary.class)
                    .invoke(
                            bundleType.getMethod("getBundleContext").invoke(home),
                            LISTENER,
                            listener(listenerType, stopping),
                            new Properties());
            return Optional.of(new ServerStop(Class.forName(OSGI + "ServiceRegistration", true, osgi), registration));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.INFO, "this server does not tell beforehand that it stops: {0}", e.toString());
            return Optional.empty();
        }
    }

    private static Object listener(Class<?> type, Runnable stopping) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> "the gateway's goodbye";
                    default -> {
                        stopping.run();
                        yield null;
                    }
                });
    }

    @Override
    public void close() {
        try {
            registrationType.getMethod("unregister").invoke(registration);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the server had forgotten already: {0}", e.toString());
        }
    }
}
