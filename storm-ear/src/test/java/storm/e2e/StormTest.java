package storm.e2e;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import storm.e2e.people.People;
import storm.e2e.people.Person;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;

/// A test with people on a running Storm.
public abstract class StormTest {
    protected final Storm storm;
    protected final People people;

    protected StormTest(Storm storm) {
        this.storm = storm;
        this.people = new People(storm.address());
    }

    @BeforeEach
    void everyServerRuns() {
        storm.heal();
    }

    @AfterEach
    void peopleLeave() {
        people.close();
    }

    /// REST by hand as a stranger.
    protected PlainRest stranger() {
        return PlainRest.at(storm.api());
    }

    protected URI socketAddress() {
        return storm.address().socket();
    }

    /// The first admin, whom the servers made when they first started.
    protected Person admin() {
        var secrets = storm.secrets().values();
        return people.signIn(
                String.valueOf(secrets.get("STORM_ADMIN_EMAIL")), String.valueOf(secrets.get("STORM_ADMIN_PASSWORD")));
    }
}
