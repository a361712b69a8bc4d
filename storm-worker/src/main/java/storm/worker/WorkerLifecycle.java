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

    @Inject
    public WorkerLifecycle(Provider<Worker> worker) {
        this.worker = worker;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FatalSetting.check(() -> worker.get().start());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        worker.get().stop();
    }
}
