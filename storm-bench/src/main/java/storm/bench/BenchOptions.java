package storm.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.client.http.ServerAddress;
import storm.protocol.errors.StormException;

/// What the benchmark was called with. Everything is bounded: users, messages and time.
///
/// @param users that are registered and connected, all members of one channel
/// @param messages that each of them sends
/// @param window most messages of a user without an ack
/// @param timeout of the whole run
/// @param json where the result is written, too
record BenchOptions(
        boolean help,
        ServerAddress address,
        int users,
        int messages,
        int window,
        Duration timeout,
        Optional<Path> json) {
    static final String USAGE = """
            ./storm bench gateway --help
            ./storm bench worker --help
            ./storm bench [--url URL] [--users N] [--messages N] [--window N] [--timeout SECONDS] [--json FILE]

            Registers users, connects each, puts all into one channel, has each send messages, and measures how long
            acks and deliveries take.

              --url URL       the server; else $STORM_URL, else http://127.0.0.1:9080
              --ws-url URL    its WebSocket, if that is another server; else $STORM_WS_URL
              --users N       2 to 2000 (10); registering counts against the server's limit of public calls
              --messages N    of each user, 1 to 100000 (50); a server takes 60 a minute unless STORM_RATE_LIMIT_WS says
              --window N      most messages of a user without an ack (1)
              --timeout S     of the whole run, 5 to 600 (60)
              --json FILE     write the result there, too""";

    /// @throws StormException VALIDATION_ERROR for what cannot be understood
    static BenchOptions parse(List<String> arguments, Map<String, String> environment) {
        Arguments words = new Arguments(arguments);
        boolean help = false;
        String url = environment.getOrDefault("STORM_URL", "http://127.0.0.1:9080");
        @Nullable String socket = environment.get("STORM_WS_URL");
        int users = 10;
        int messages = 50;
        int window = 1;
        int timeout = 60;
        @Nullable Path json = null;
        while (words.hasNext()) {
            switch (words.next()) {
                case "--help", "-h" -> help = true;
                case "--url" -> url = words.value();
                case "--ws-url" -> socket = words.value();
                case "--users" -> users = words.number(2, 2000);
                case "--messages" -> messages = words.number(1, 100_000);
                case "--window" -> window = words.number(1, 500);
                case "--timeout" -> timeout = words.number(5, 600);
                case "--json" -> json = Path.of(words.value());
                default -> throw words.unknown();
            }
        }
        return new BenchOptions(
                help,
                socket == null ? ServerAddress.of(url) : ServerAddress.of(url, socket),
                users,
                messages,
                window,
                Duration.ofSeconds(timeout),
                Optional.ofNullable(json));
    }
}
