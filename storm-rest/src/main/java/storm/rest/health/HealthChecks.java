package storm.rest.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import storm.rest.Housekeeping;

/// MicroProfile Health: started once the database is prepared, live as long as it answers, ready while MongoDB and
/// Redis are there.
@ApplicationScoped
public class HealthChecks {
    @Inject
    Probes probes;

    @Inject
    Housekeeping housekeeping;

    @Produces
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.named("storm-rest")
                .status(housekeeping.isPrepared())
                .build();
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("storm-rest");
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            boolean mongo = probes.mongo();
            boolean redis = probes.redis();
            return HealthCheckResponse.named("storm-rest")
                    .status(mongo && redis && housekeeping.isPrepared())
                    .withData("mongo", mongo)
                    .withData("redis", redis)
                    .build();
        };
    }
}
