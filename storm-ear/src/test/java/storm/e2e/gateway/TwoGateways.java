package storm.e2e.gateway;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import storm.client.http.ServerAddress;
import storm.e2e.StormTest;
import storm.e2e.people.People;
import storm.e2e.people.Person;
import storm.e2e.servers.Part;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainSocket;

/// A test with a second gateway, whose limits are those of a server that is reached through a proxy.
///
/// The gateway runs until Storm ends, for all such tests. So does, at the first gateway, a socket that never says
/// anything: a minute is long.
abstract class TwoGateways extends StormTest {
    static final String OWN_ORIGIN = "https://chat.example";
    static final int PER_USER = 4;
    static final int PER_ADDRESS = 6;

    private static @Nullable Shared shared;

    /// What all such tests share.
    private record Shared(ServerProcess second, PlainSocket silent, Instant silentSince) {}

    TwoGateways(Storm storm) {
        super(storm);
    }

    @BeforeAll
    static void startTheSecond(Storm storm) {
        Shared before = shared;
        if (before == null || !storm.servers().contains(before.second())) {
            shared = start(storm);
        }
    }

    private static Shared start(Storm storm) {
        ServerProcess second = storm.startAnother(
                Part.GATEWAY,
                "gateway-strict",
                Map.of(
                        "STORM_RATE_LIMIT_WS",
                        "60",
                        "STORM_WS_MAX_PER_USER",
                        String.valueOf(PER_USER),
                        "STORM_WS_MAX_PER_ADDRESS",
                        String.valueOf(PER_ADDRESS),
                        "STORM_TRUSTED_PROXIES",
                        "127.0.0.0/8",
                        "STORM_CORS_ORIGINS",
                        OWN_ORIGIN));
        try (People people = new People(storm.address())) {
            Person person = people.join("silent");
            Instant before = Instant.now();
            PlainSocket silent = PlainSocket.ready(storm.address().socket(), person.token());
            return new Shared(second, silent, before);
        }
    }

    private static Shared shared() {
        return Objects.requireNonNull(shared);
    }

    ServerProcess second() {
        return shared().second();
    }

    /// Where the second gateway is reached; it runs again if a test ended it.
    ServerAddress there() {
        if (!second().isRunning()) {
            second().start();
        }
        return storm.addressBy(second());
    }

    Person joinThere(String kind) {
        return people.joinAt(there(), kind);
    }

    /// A ready socket at the second gateway of somebody who uses the first.
    PlainSocket socketThere(Person person) {
        return PlainSocket.ready(there().socket(), person.token());
    }

    static PlainSocket silent() {
        return shared().silent();
    }

    static Instant silentSince() {
        return shared().silentSince();
    }
}
