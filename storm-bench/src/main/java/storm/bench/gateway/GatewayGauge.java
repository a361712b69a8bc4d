package storm.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import storm.client.http.ServerAddress;

/// One number of the gateway's `/metrics`.
final class GatewayGauge {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI metrics;
    private final String name;

    GatewayGauge(ServerAddress address, String name) {
        this.metrics = URI.create(
                "http://" + address.socket().getHost() + ":" + address.socket().getPort() + "/metrics");
        this.name = name;
    }

    /// @throws IllegalStateException if the gateway does not tell
    double value() throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    HTTP.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString());
            return answer.body()
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no %s at %s: %d, %d characters"
                            .formatted(
                                    name,
                                    metrics,
                                    answer.statusCode(),
                                    answer.body().length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
