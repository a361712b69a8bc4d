package storm.worker.tasks;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import storm.store.sessions.SessionStore;

/// Removes sessions that expired, which a server without TTL indexes would keep.
@Singleton
public class SessionCleanup implements WorkerTask {
    private final SessionStore sessions;
    private final Clock clock;

    @Inject
    public SessionCleanup(SessionStore sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        sessions.removeExpired(clock.instant());
    }
}
