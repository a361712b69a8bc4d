package storm.bench.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import storm.client.http.ServerAddress;
import storm.protocol.errors.StormException;

/// The scenarios by name.
public final class GatewayBench {
    public static final String USAGE = """
            ./storm bench gateway SCENARIO [--users N] [--sockets N] [--window N] [--rate N] [--seconds N] [...]

            Loads the gateway at $STORM_URL (http://127.0.0.1:9080) and $STORM_WS_URL with plain sockets, all of them
            members of one channel, and fails if one event is lost, repeated or out of order.

              fan-out     deliveries a second of 200-byte texts, as many as go with --window texts under way
              steady      how long deliveries and acks take at --rate texts a second
              stalled     the same before and after one more socket stops reading
              acks        acks a second with --window texts under way, of --users with a channel and a socket each; with
                          --rate how long they take
              idle        opens --sockets and leaves them be
              hostile     --sockets send garbage, half of them without a token, and come again when they are closed, while
                          one honest member listens
              reconnect   waits for the gateway's restart and times how long until all have what they missed

              --users N     1 to 5000 (20); they take turns in opening the sockets
              --sockets N   1 to 15000 (200)
              --window N    1 to 10000 (8)
              --rate N      0 to 100000 (0)
              --warm-up N   0 to 120 (20) seconds at full load before anything is measured, for the servers' JIT
              --seconds N   1 to 120 (15) of measurement; for reconnect how long to wait for the restart
              --longest-wait N  1 to 30 (30) seconds; reconnect's clients wait no longer before they try again
              --bare WLP    fan-out: afterwards the same at an endpoint that sends the same frames and does nothing
                            else, on the Liberty in that folder, and how much of its deliveries Storm comes to

            The server needs limits that let it: STORM_RATE_LIMIT_PUBLIC, STORM_RATE_LIMIT_WS, STORM_WS_MAX_PER_USER,
            STORM_WS_MAX_PER_ADDRESS.""";

    private GatewayBench() {}

    /// Runs a scenario and returns its figures.
    ///
    /// @throws StormException VALIDATION_ERROR for what cannot be understood, others if the server refuses
    /// @throws IllegalStateException if an event was lost, repeated or out of order
    public static List<String> run(List<String> arguments, Map<String, String> environment, Consumer<String> progress)
            throws InterruptedException, IOException {
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            return USAGE.lines().toList();
        }
        String url = environment.getOrDefault("STORM_URL", "http://127.0.0.1:9080");
        String socket = environment.get("STORM_WS_URL");
        ServerAddress address = socket == null ? ServerAddress.of(url) : ServerAddress.of(url, socket);
        List<String> rest = new ArrayList<>(arguments);
        String name = rest.removeFirst();
        Scenarios scenarios = new Scenarios(address, GatewayOptions.parse(rest), progress);
        return switch (name) {
            case "fan-out" -> scenarios.fanOut();
            case "steady" -> scenarios.steady();
            case "stalled" -> scenarios.stalledReader();
            case "acks" -> scenarios.acks();
            case "idle" -> scenarios.idle();
            case "hostile" -> scenarios.hostile();
            case "reconnect" -> scenarios.reconnect();
            default -> throw StormException.invalid(name, "is no scenario; see --help");
        };
    }
}
