package storm.ws.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import storm.ws.redis.Announcements;
import storm.ws.upkeep.Recovery;

/// Ready to take clients: subscribed to what the servers announce, with nothing left to catch up on.
@Readiness
@Singleton
public class GatewayHealth implements HealthCheck {
    private final Announcements announcements;
    private final Recovery recovery;

    @Inject
    public GatewayHealth(Announcements announcements, Recovery recovery) {
        this.announcements = announcements;
        this.recovery = recovery;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway")
                .withData("subscribed", announcements.isConnected())
                .withData("recovered", recovery.isDone())
                .status(announcements.isConnected())
                .build();
    }
}
