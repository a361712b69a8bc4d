package storm.client.chat;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import storm.client.StormClient;
import storm.client.http.ServerCertificate;
import storm.protocol.errors.StormException;

/// The terminal chat's entry point. Exit status 0 after a chat, 1 if there was none, 2 for bad arguments.
public final class Chat {
    private Chat() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws InterruptedException {
        ChatOptions options;
        try {
            options = ChatOptions.parse(List.of(arguments), System.getenv());
        } catch (StormException e) {
            System.err.println(e.detail());
            return 2;
        }
        if (options.help()) {
            System.out.println(ChatOptions.USAGE);
            return 0;
        }
        try (Screen screen = screen();
                StormClient client = StormClient.of(options.address(), options.trust())) {
            return chat(options, screen, client);
        }
    }

    static int chat(ChatOptions options, Screen screen, StormClient client) throws InterruptedException {
        try {
            if (!new SignIn(screen, options).signIn(client)) {
                return 1;
            }
            new ChatSession(client, screen).run(options.channel());
            if (client.isSignedIn()) {
                client.auth().logout();
            }
            return 0;
        } catch (StormException e) {
            screen.print("! " + (ServerCertificate.isDistrusted(e) ? distrusted(options) : sentence(e)));
            return 1;
        }
    }

    /// What went wrong, in one line.
    static String sentence(StormException failure) {
        String details = failure.details().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining("; "));
        return details.isEmpty() ? failure.detail() : details;
    }

    private static String distrusted(ChatOptions options) {
        try {
            ServerCertificate shown = ServerCertificate.fetch(options.address(), Duration.ofSeconds(5));
            return "nobody known vouches for the server's certificate; if it is the right one, add --fingerprint "
                    + shown.pin().fingerprint();
        } catch (StormException e) {
            return sentence(e);
        }
    }

    // The check knows the JDKs that always had a console; this one has none where the input is a pipe.
    @SuppressWarnings("SystemConsoleNull")
    private static Screen screen() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return new TerminalScreen();
        }
        return new PlainScreen(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
    }
}
