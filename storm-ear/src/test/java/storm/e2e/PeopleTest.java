package storm.e2e;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import storm.client.http.ServerAddress;
import storm.e2e.people.People;
import storm.e2e.people.Person;
import storm.e2e.servers.RunningStorm;
import storm.e2e.web.PlainRest;
import storm.protocol.users.Role;

/// A test with people on a Storm of which it knows no more than they do.
public abstract class PeopleTest {
    private final RunningStorm running;
    protected final People people;

    protected PeopleTest(RunningStorm running) {
        this.running = running;
        this.people = new People(running.address());
    }

    @BeforeEach
    void everyServerRuns() {
        running.heal();
    }

    @AfterEach
    void peopleLeave() {
        people.close();
    }

    /// Where clients reach it.
    protected ServerAddress address() {
        return running.address();
    }

    /// REST by hand as a stranger.
    protected PlainRest stranger() {
        return PlainRest.at(running.api());
    }

    protected URI socketAddress() {
        return running.address().socket();
    }

    /// Somebody new whom the admin made a moderator.
    protected Person moderator(String kind) {
        Person joined = people.join(kind);
        admin().client().users().changeRole(joined.id(), Role.MODERATOR);
        return people.signIn(joined.email(), joined.password());
    }

    /// The first admin, whom the servers made when they first started.
    protected Person admin() {
        return people.signIn(running.adminEmail(), running.adminPassword());
    }
}
