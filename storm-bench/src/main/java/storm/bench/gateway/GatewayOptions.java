package storm.bench.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import storm.client.http.ServerAddress;
import storm.protocol.errors.StormException;

/// What a scenario was called with. Everything is bounded.
///
/// @param users that are registered, all members of one channel
/// @param sockets that listen (or, for acks, send); the users take turns in opening them
/// @param window most texts that not everybody has, or that were not acked
/// @param rate texts a second; 0 for as many as go
/// @param seconds of the measurement itself
/// @param bare whether the other side is not Storm but an endpoint that knows nobody
record GatewayOptions(int users, int sockets, int window, int rate, int seconds, boolean bare) {
    static final GatewayOptions STANDARD = new GatewayOptions(20, 200, 8, 0, 15, false);

    static GatewayOptions parse(List<String> arguments) {
        ArrayDeque<String> rest = new ArrayDeque<>(arguments);
        int users = STANDARD.users;
        int sockets = STANDARD.sockets;
        int window = STANDARD.window;
        int rate = STANDARD.rate;
        int seconds = STANDARD.seconds;
        boolean bare = STANDARD.bare;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--users" -> users = number(option, rest, 1, 5_000);
                case "--sockets" -> sockets = number(option, rest, 1, 15_000);
                case "--window" -> window = number(option, rest, 1, 10_000);
                case "--rate" -> rate = number(option, rest, 0, 100_000);
                case "--seconds" -> seconds = number(option, rest, 1, 120);
                case "--bare" -> bare = true;
                default -> throw StormException.invalid(option, "is no option; see --help");
            }
        }
        return new GatewayOptions(users, sockets, window, rate, seconds, bare);
    }

    private static int number(String option, ArrayDeque<String> rest, int min, int max) {
        String text = rest.isEmpty() ? "" : rest.pop();
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw StormException.invalid(option, "must be a number from " + min + " to " + max);
        }
        return number;
    }

    /// Where the sockets go; plain ones alone, for TLS would be measured more than the gateway.
    InetSocketAddress gateway(ServerAddress address) {
        URI socket = address.socket();
        if (address.isEncrypted()) {
            throw StormException.invalid("--ws-url", "must not be encrypted for this scenario");
        }
        return new InetSocketAddress(socket.getHost(), socket.getPort());
    }
}
