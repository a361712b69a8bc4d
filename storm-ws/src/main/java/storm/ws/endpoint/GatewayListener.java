package storm.ws.endpoint;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;
import java.util.Optional;
import storm.core.config.FatalSetting;
import storm.ws.gateway.GatewayLifecycle;
import storm.ws.gateway.MetricsExport;

/// Starts the gateway with its application and stops it in order.
@WebListener
public class GatewayListener implements ServletContextListener {
    private final Instance<GatewayLifecycle> lifecycle;
    private final Instance<MetricsExport> metrics;
    private Optional<ServerStop> stop = Optional.empty();
    private boolean started;

    @Inject
    public GatewayListener(Instance<GatewayLifecycle> lifecycle, Instance<MetricsExport> metrics) {
        this.lifecycle = lifecycle;
        this.metrics = metrics;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        started = FatalSetting.check(() -> {
            lifecycle.get().start();
            metrics.get().start();
        });
        Object container = event.getServletContext().getAttribute(ServerContainer.class.getName());
        if (started && container != null) {
            stop = ServerStop.listen(container, lifecycle.get()::stop);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stop.ifPresent(ServerStop::close);
        if (started) {
            lifecycle.get().undeployed();
        }
    }
}
