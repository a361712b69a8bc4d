package storm.e2e.people;

import java.util.ArrayList;
import java.util.List;
import storm.client.http.ServerAddress;

/// The people of one test; they leave with it.
public final class People implements AutoCloseable {
    private final ServerAddress address;
    private final List<Person> all = new ArrayList<>();

    public People(ServerAddress address) {
        this.address = address;
    }

    /// Registers somebody whose name begins like this.
    public Person join(String kind) {
        return joinAt(address, kind);
    }

    /// Registers somebody of this very name.
    public Person joinAs(String username) {
        Person person = Person.registerAs(address, username);
        all.add(person);
        return person;
    }

    /// Registers somebody who uses another gateway than the rest.
    public Person joinAt(ServerAddress other, String kind) {
        Person person = Person.register(other, kind);
        all.add(person);
        return person;
    }

    public Person signIn(String email, String password) {
        Person person = Person.login(address, email, password);
        all.add(person);
        return person;
    }

    @Override
    public void close() {
        all.reversed().forEach(Person::close);
    }
}
