package storm.bench.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import storm.bench.Arguments;
import storm.client.http.ServerAddress;
import storm.protocol.errors.StormException;

/// What a scenario was called with. Everything is bounded.
///
/// @param users that are registered
/// @param sockets that listen; the users take turns in opening them
/// @param window most texts that not everybody has, or that were not acked
/// @param rate texts a second; 0 for as many as go
/// @param warmUp seconds under full load before anything is measured, so that the servers' code is compiled
/// @param seconds of the measurement itself
/// @param longestWait most seconds that a client who lost its gateway waits before it tries again
/// @param bare the Liberty that runs the bare endpoint to compare with
record GatewayOptions(
        int users, int sockets, int window, int rate, int warmUp, int seconds, int longestWait, Optional<Path> bare) {
    static GatewayOptions parse(List<String> arguments) {
        Arguments words = new Arguments(arguments);
        int users = 20;
        int sockets = 200;
        int window = 8;
        int rate = 0;
        int warmUp = 20;
        int seconds = 15;
        int longestWait = 30;
        Optional<Path> bare = Optional.empty();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--users" -> users = words.number(1, 5_000);
                case "--sockets" -> sockets = words.number(1, 15_000);
                case "--window" -> window = words.number(1, 10_000);
                case "--rate" -> rate = words.number(0, 100_000);
                case "--warm-up" -> warmUp = words.number(0, 120);
                case "--seconds" -> seconds = words.number(1, 120);
                case "--longest-wait" -> longestWait = words.number(1, 30);
                case "--bare" -> bare = Optional.of(Path.of(words.value()));
                default -> throw words.unknown();
            }
        }
        return new GatewayOptions(users, sockets, window, rate, warmUp, seconds, longestWait, bare);
    }

    /// Where the sockets go; plain ones alone, for TLS would be measured more than the gateway.
    static InetSocketAddress plain(ServerAddress address) {
        URI socket = address.socket();
        if (address.isEncrypted()) {
            throw StormException.invalid("--ws-url", "must not be encrypted for this scenario");
        }
        return new InetSocketAddress(socket.getHost(), socket.getPort());
    }
}
