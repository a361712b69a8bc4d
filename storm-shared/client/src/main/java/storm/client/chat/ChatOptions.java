package storm.client.chat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.client.http.CertificatePin;
import storm.client.http.ServerAddress;
import storm.client.http.Trust;
import storm.protocol.errors.StormException;

/// What the chat was called with.
///
/// @param register whether to make an account first
/// @param password from the environment alone: arguments can be seen by every user of a machine
/// @param channel name of the channel to enter at once
record ChatOptions(
        boolean help,
        ServerAddress address,
        Trust trust,
        boolean register,
        Optional<String> email,
        Optional<String> username,
        Optional<String> password,
        Optional<String> channel) {
    static final String USAGE = """
            ./storm chat [--url URL] [--email E-MAIL] [--register --username NAME] [--channel NAME]

              --url URL            the server; else $STORM_URL, else http://127.0.0.1:9080
              --ws-url URL         its WebSocket, if that is another server; else $STORM_WS_URL
              --fingerprint HEX    believe the certificate with this SHA-256 fingerprint
              --email E-MAIL       sign in as; asked for if it is missing
              --register           make an account
              --username NAME      the new account's name
              --channel NAME       enter this channel at once

            The password is asked for, or taken from $STORM_CHAT_PASSWORD.""";

    /// @throws StormException VALIDATION_ERROR for what cannot be understood
    static ChatOptions parse(List<String> arguments, Map<String, String> environment) {
        ArrayDeque<String> rest = new ArrayDeque<>(arguments);
        boolean help = false;
        boolean register = false;
        String url = environment.getOrDefault("STORM_URL", "http://127.0.0.1:9080");
        @Nullable String socket = environment.get("STORM_WS_URL");
        @Nullable String email = null;
        @Nullable String username = null;
        @Nullable String channel = null;
        Trust trust = Trust.authorities();
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--register" -> register = true;
                case "--url" -> url = value(option, rest);
                case "--ws-url" -> socket = value(option, rest);
                case "--email" -> email = value(option, rest);
                case "--username" -> username = value(option, rest);
                case "--channel" -> channel = value(option, rest);
                case "--fingerprint" -> trust = Trust.pinned(new CertificatePin(value(option, rest)));
                default -> throw StormException.invalid(option, "is no option; see --help");
            }
        }
        return new ChatOptions(
                help,
                socket == null ? ServerAddress.of(url) : ServerAddress.of(url, socket),
                trust,
                register,
                Optional.ofNullable(email),
                Optional.ofNullable(username),
                Optional.ofNullable(environment.get("STORM_CHAT_PASSWORD")),
                Optional.ofNullable(channel));
    }

    private static String value(String option, ArrayDeque<String> rest) {
        if (rest.isEmpty()) {
            throw StormException.invalid(option, "needs a value; see --help");
        }
        return rest.pop();
    }

    @Override
    public String toString() {
        return "ChatOptions[" + address.rest() + "]";
    }
}
