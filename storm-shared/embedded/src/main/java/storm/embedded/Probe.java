package storm.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What `./storm` asks about ports, stores and servers; a new machine has a JDK, but perhaps neither curl nor nc.
///
/// ```
/// Probe ports HOST PORT…        prints each port that is taken; status 1 if any
/// Probe store VARIABLE…         prints a sentence for each URI, the variable's value, that can't be reached; status 1
///                               if any
/// Probe health URL…             prints UP, DOWN or - (no answer) for each, a line each
/// Probe ready SECONDS PIDS URL… waits until each answers 200; status 1 when time is up, 2 when one of the
///                               comma-separated processes ended
/// Probe key URL KEY             status 0 if the worker whose metrics are there encrypts with that storage key
/// Probe rotation URL KEY        prints how far the messages are under that key until all were looked at; status 1 if
///                               some can't be put under it, 2 when there is no answer for a minute
/// ```
public final class Probe {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Probe() {}

    /// Answers one question; see above.
    public static void main(String... arguments) throws InterruptedException {
        List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        String question = arguments.length == 0 ? "" : arguments[0];
        System.exit(
                switch (question) {
                    case "ports" -> ports(rest.getFirst(), rest.subList(1, rest.size()));
                    case "store" -> stores(rest);
                    case "health" -> health(rest);
                    case "ready" ->
                        ready(
                                Duration.ofSeconds(Long.parseLong(rest.get(0))),
                                rest.get(1),
                                rest.subList(2, rest.size()));
                    case "key" -> RotationWatch.encryptsWith(rest.get(0), rest.get(1)) ? 0 : 1;
                    case "rotation" -> RotationWatch.follow(rest.get(0), rest.get(1));
                    default -> throw new IllegalArgumentException("unknown question " + question);
                });
    }

    private static int ports(String host, List<String> ports) {
        int status = 0;
        for (String port : ports) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
            } catch (IOException e) {
                System.out.println(port);
                status = 1;
            }
        }
        return status;
    }

    private static int stores(List<String> variables) {
        int status = 0;
        for (String variable : variables) {
            String uri = System.getenv(variable);
            String unreachable = uri == null ? "it is not set" : unreachable(uri);
            if (!unreachable.isEmpty()) {
                System.out.println(unreachable);
                status = 1;
            }
        }
        return status;
    }

    /// Why none of the URI's hosts takes a connection; empty when one does. The user and password never appear in it.
    static String unreachable(String uri) {
        if (uri.startsWith("mongodb+srv:")) {
            // Its hosts stand in DNS; the servers' readiness tells about them.
            return "";
        }
        int defaultPort = uri.startsWith("mongodb:") ? 27017 : 6379;
        String hosts = hosts(uri);
        for (String host : hosts.split(",")) {
            int colon = host.lastIndexOf(':');
            boolean ported = colon > host.lastIndexOf(']');
            try (Socket socket = new Socket()) {
                String name = ported ? host.substring(0, colon) : host;
                int port = ported ? Integer.parseInt(host.substring(colon + 1)) : defaultPort;
                socket.connect(new InetSocketAddress(name, port), Math.toIntExact(ANSWER.toMillis()));
                return "";
            } catch (IOException | IllegalArgumentException e) {
                // The next host may answer; when none does, the sentence below says so.
            }
        }
        return "nothing answers at " + hosts;
    }

    private static String hosts(String uri) {
        String rest = uri.substring(uri.indexOf("://") + 3);
        rest = rest.substring(rest.lastIndexOf('@', firstOf(rest, "/?")) + 1);
        return rest.substring(0, firstOf(rest, "/?"));
    }

    private static int firstOf(String text, String stops) {
        return Arrays.stream(stops.split(""))
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(text.length());
    }

    private static int health(List<String> urls) throws InterruptedException {
        try (HttpClient http = client()) {
            for (String url : urls) {
                int status = status(http, url);
                System.out.println(status == 200 ? "UP" : status > 0 ? "DOWN" : "-");
            }
        }
        return 0;
    }

    private static int ready(Duration timeout, String pids, List<String> urls) throws InterruptedException {
        List<ProcessHandle> processes = new ArrayList<>();
        for (String pid : pids.split(",")) {
            var process = ProcessHandle.of(Long.parseLong(pid));
            if (process.isEmpty()) {
                return 2;
            }
            processes.add(process.get());
        }
        List<String> waiting = new ArrayList<>(urls);
        long deadline = System.nanoTime() + timeout.toNanos();
        try (HttpClient http = client()) {
            while (System.nanoTime() < deadline) {
                if (!processes.stream().allMatch(ProcessHandle::isAlive)) {
                    return 2;
                }
                while (!waiting.isEmpty() && status(http, waiting.getFirst()) == 200) {
                    waiting.removeFirst();
                }
                if (waiting.isEmpty()) {
                    return 0;
                }
                Thread.sleep(BETWEEN);
            }
        }
        System.out.println(
                "nothing good came from " + String.join(" and ", waiting) + " in " + timeout.toSeconds() + " s;");
        return 1;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(ANSWER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static int status(HttpClient http, String url) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // No answer is the answer.
            return 0;
        }
    }
}
