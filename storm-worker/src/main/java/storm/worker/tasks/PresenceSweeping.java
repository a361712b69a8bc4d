package storm.worker.tasks;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import storm.core.presence.PresenceSweep;
import storm.store.users.UserStore;

/// Ends the presence of connections whose gateway died, and stores who was last seen when.
@Singleton
public class PresenceSweeping implements WorkerTask {
    private static final int MAX_ROUNDS = 20;

    private final PresenceSweep presence;
    private final UserStore users;

    @Inject
    public PresenceSweeping(PresenceSweep presence, UserStore users) {
        this.presence = presence;
        this.users = users;
    }

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(3);
    }

    @Override
    public void run() {
        for (int i = 0; i < MAX_ROUNDS && presence.sweep(); i++) {}
        for (int i = 0; i < MAX_ROUNDS && presence.drainLastSeen(seen -> seen.forEach(users::seen)); i++) {}
    }
}
