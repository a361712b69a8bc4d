package storm.ws.connections;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import storm.protocol.ids.UserId;

/// Who is connected to this gateway. Thread-safe.
@Singleton
public class Connections {
    private final ConnectionLimits limits;
    private final Map<String, Connection> all = new ConcurrentHashMap<>();
    private final Map<UserId, Set<Connection>> byUser = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> byAddress = new ConcurrentHashMap<>();

    private final Set<Connection> ending = ConcurrentHashMap.newKeySet();

    @Inject
    public Connections(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// Counts a new connection in; false if there are too many, from its address or in all. Pair it with [#remove].
    public boolean add(Connection connection) {
        boolean[] room = {true};
        byAddress.compute(connection.address(), (_, count) -> {
            AtomicInteger counted = count == null ? new AtomicInteger() : count;
            room[0] = counted.get() < limits.perAddress() && all.size() < limits.inAll();
            if (room[0]) {
                counted.incrementAndGet();
                all.put(connection.id(), connection);
            }
            return counted.get() == 0 ? null : counted;
        });
        return room[0];
    }

    /// Makes an authenticated connection known under its user; false if the user has too many.
    public boolean identify(Connection connection) {
        boolean[] room = {true};
        byUser.compute(connection.userId(), (_, known) -> {
            Set<Connection> ofUser = known == null ? ConcurrentHashMap.newKeySet(2) : known;
            room[0] = ofUser.size() < limits.perUser();
            if (room[0]) {
                ofUser.add(connection);
            }
            return ofUser.isEmpty() ? null : ofUser;
        });
        return room[0];
    }

    public void remove(Connection connection) {
        byAddress.computeIfPresent(connection.address(), (_, count) -> {
            if (all.remove(connection.id()) != null) {
                count.decrementAndGet();
            }
            return count.get() == 0 ? null : count;
        });
        if (connection.isAuthenticated()) {
            byUser.computeIfPresent(connection.userId(), (_, ofUser) -> {
                ofUser.remove(connection);
                return ofUser.isEmpty() ? null : ofUser;
            });
        }
    }

    /// The connection's end began; its socket is not gone yet.
    public void ending(Connection connection) {
        ending.add(connection);
    }

    /// The connection's socket is gone.
    public void gone(Connection connection) {
        ending.remove(connection);
    }

    /// Those whose end began and whose sockets are not gone yet.
    public Collection<Connection> ending() {
        return ending;
    }

    /// The user's connections here.
    public Collection<Connection> of(UserId userId) {
        return byUser.getOrDefault(userId, Set.of());
    }

    public Collection<Connection> all() {
        return all.values();
    }

    public int size() {
        return all.size();
    }
}
