package storm.worker;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import storm.core.config.FatalSetting;

/// Starts the worker with its server and ends it with it.
@WebListener
public class WorkerLifecycle implements ServletContextListener {
    private final Provider<Worker> worker;
    private final Provider<MetricsExport> metrics;

    @Inject
    public WorkerLifecycle(Provider<Worker> worker, Provider<MetricsExport> metrics) {
        this.worker = worker;
        this.metrics = metrics;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FatalSetting.check(() -> {
            worker.get().start();
            metrics.get().start();
        });
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        worker.get().stop();
    }
}
