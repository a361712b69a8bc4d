package storm.rest;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import storm.core.config.FatalSetting;
import storm.core.sessions.AccessTokens;
import storm.rest.http.RequestFilter;
import storm.rest.http.UnknownRoute;

/// Starts and stops the REST server: checks its settings, sets up the frame of every request, begins the
/// housekeeping.
@WebListener
public class RestStart implements ServletContextListener {
    @Inject
    jakarta.enterprise.inject.Instance<RequestFilter> requests;

    @Inject
    jakarta.enterprise.inject.Instance<UnknownRoute> unknownRoute;

    @Inject
    jakarta.enterprise.inject.Instance<AccessTokens> accessTokens;

    @Inject
    jakarta.enterprise.inject.Instance<Housekeeping> housekeeping;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FatalSetting.check(() -> {
            accessTokens.get().mustSign();
            ServletContext context = event.getServletContext();
            context.addFilter("requests", requests.get())
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
            context.addServlet("unknown", unknownRoute.get()).addMapping("/");
            housekeeping.get().start();
        });
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        housekeeping.get().close();
    }
}
