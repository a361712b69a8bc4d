package storm.e2e.rest;

import java.util.Arrays;
import java.util.List;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;

/// What a server tells Prometheus, at one moment.
record Metrics(List<String> lines) {
    static Metrics of(Storm storm) {
        return new Metrics(
                PlainRest.at(storm.rest().http()).get("/metrics").body().lines().toList());
    }

    /// The sum of a metric over the series with these labels, names and values in turn; 0 if there is none.
    double value(String name, String... labels) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!line.contains(labels[i] + "=\"" + labels[i + 1] + "\"")) {
                            return false;
                        }
                    }
                    return true;
                })
                .mapToDouble(line ->
                        Double.parseDouble(Arrays.asList(line.split(" ")).getLast()))
                .sum();
    }
}
