package storm.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads from a worker's metrics how far the messages have come under a storage key.
final class RotationWatch {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// @param left not under the key yet; absent until they were counted
    /// @param unreadable of these, what no key opens
    record Progress(OptionalLong left, long done, long unreadable, boolean finished) {}

    private RotationWatch() {}

    static boolean encryptsWith(String url, String key) throws InterruptedException {
        try (HttpClient http = Probe.client()) {
            return metrics(http, url).flatMap(text -> read(text, key)).isPresent();
        }
    }

    static int follow(String url, String key) throws InterruptedException {
        String shown = "";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = Probe.client()) {
            while (System.nanoTime() < deadline) {
                Optional<Progress> progress = metrics(http, url).flatMap(text -> read(text, key));
                if (progress.isPresent()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    String line = line(progress.get(), key);
                    if (!line.equals(shown)) {
                        shown = line;
                        System.out.println(line);
                    }
                    if (progress.get().finished()) {
                        return progress.get().left().orElse(0) == 0 ? 0 : 1;
                    }
                }
                Thread.sleep(BETWEEN);
            }
        }
        return 2;
    }

    private static String line(Progress progress, String key) {
        if (progress.left().isEmpty()) {
            return "counting the messages that are not under " + key;
        }
        return "under %s: %d put there, %d left%s"
                .formatted(
                        key,
                        progress.done(),
                        progress.left().getAsLong(),
                        progress.unreadable() == 0 ? "" : ", of which no key opens " + progress.unreadable());
    }

    private static Optional<String> metrics(HttpClient http, String url) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // Not there, or not yet.
        }
    }

    /// What Prometheus' text format says of a key; empty if it says nothing, or no figures for want of Redis.
    static Optional<Progress> read(String metrics, String key) {
        OptionalLong finished = gauge(metrics, "finished", key);
        OptionalLong done = gauge(metrics, "done", key);
        OptionalLong left = gauge(metrics, "left", key);
        if (finished.isEmpty() || done.isEmpty() || left.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Progress(
                left.getAsLong() < 0 ? OptionalLong.empty() : left,
                done.getAsLong(),
                gauge(metrics, "unreadable", key).orElse(0),
                finished.getAsLong() == 1));
    }

    private static OptionalLong gauge(String metrics, String name, String key) {
        Matcher matcher = Pattern.compile("(?m)^storm_worker_rotation_" + name + "\\{[^}]*key=\"" + Pattern.quote(key)
                        + "\"[^}]*} (-?[0-9.E+]+)$")
                .matcher(metrics);
        return matcher.find() ? OptionalLong.of((long) Double.parseDouble(matcher.group(1))) : OptionalLong.empty();
    }
}
