package storm.e2e.rest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storm.e2e.people.People;
import storm.e2e.people.Person;
import storm.e2e.servers.Storm;

/// The people whom the tests of one Storm share, so that not each has to hash passwords for its own. No test changes
/// them or ends their sessions.
record Cast(People all, Person ann, Person bob, Person moderator, Person admin) {
    private static final Duration FRESH = Duration.ofMinutes(8);
    private static @Nullable Cast current;
    private static @Nullable Storm madeFor;
    private static long madeAt;

    static synchronized Cast of(Storm storm) {
        Cast cast = current;
        boolean fresh = System.nanoTime() - madeAt < FRESH.toNanos();
        if (cast == null || madeFor != storm || !fresh) {
            forget();
            cast = make(storm);
            current = cast;
            madeFor = storm;
            madeAt = System.nanoTime();
        }
        return cast;
    }

    /// Makes new ones for the next test, after one that changed the admin.
    static synchronized void forget() {
        if (current != null) {
            current.all().close();
            current = null;
        }
    }

    private static Cast make(Storm storm) {
        People all = new People(storm.address());
        Person admin = all.signIn(storm.adminEmail(), storm.adminPassword());
        Person moderator = all.join("mod");
        admin.rest().call("PATCH", "/users/" + moderator.id(), "{\"role\":\"moderator\"}", List.of());
        return new Cast(
                all, all.join("ann"), all.join("bob"), all.signIn(moderator.email(), moderator.password()), admin);
    }
}
