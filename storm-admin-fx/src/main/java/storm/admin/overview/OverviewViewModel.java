package storm.admin.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import storm.admin.ui.Console;
import storm.client.http.ServerCertificate;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.health.Health;
import storm.protocol.queue.QueueStats;

/// How the server does: health and queue, asked for every few seconds whatever page is seen, and the last half hour
/// of both. The badge of the dead letters and the banner of an outage live on it too.
public final class OverviewViewModel {
    public static final Duration INTERVAL = Duration.ofSeconds(3);
    public static final Duration KEPT = Duration.ofMinutes(30);

    /// What the server says of a part that is well.
    public static final String CONNECTED = "connected";

    /// The queue at one time.
    public record Sample(Instant at, QueueStats stats) {}

    private record Answer(Optional<Health> health, Optional<QueueStats> stats, Optional<StormException> failure) {}

    private final Console console;
    private final ReadOnlyObjectWrapper<Optional<Health>> health = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<QueueStats>> stats = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper outage = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper barred = new ReadOnlyBooleanWrapper();
    private final ObservableList<Sample> samples = FXCollections.observableArrayList();
    private Optional<Instant> outageSince = Optional.empty();
    private boolean asking;

    public OverviewViewModel(Console console) {
        this.console = console;
    }

    /// The health of each part; empty while the server is out of reach.
    public ReadOnlyObjectProperty<Optional<Health>> health() {
        return health.getReadOnlyProperty();
    }

    /// The latest figures, which an outage leaves as they were.
    public ReadOnlyObjectProperty<Optional<QueueStats>> stats() {
        return stats.getReadOnlyProperty();
    }

    /// Why nothing new can be told; empty while the server answers.
    public ReadOnlyStringProperty outage() {
        return outage.getReadOnlyProperty();
    }

    /// Whether the server has taken away the right to be here.
    public ReadOnlyBooleanProperty barred() {
        return barred.getReadOnlyProperty();
    }

    /// The last half hour, oldest first.
    public ObservableList<Sample> samples() {
        return samples;
    }

    /// Asks anew, unless an answer is still awaited.
    public void refresh() {
        if (asking) {
            return;
        }
        asking = true;
        console.work().run(this::ask, this::arrived, _ -> asking = false);
    }

    private Answer ask() {
        Health now;
        try {
            now = console.client().queue().health();
        } catch (StormException e) {
            return new Answer(Optional.empty(), Optional.empty(), Optional.of(e));
        }
        try {
            return new Answer(
                    Optional.of(now), Optional.of(console.client().queue().stats()), Optional.empty());
        } catch (StormException e) {
            return new Answer(Optional.of(now), Optional.empty(), Optional.of(e));
        }
    }

    private void arrived(Answer answer) {
        asking = false;
        Instant now = console.clock().instant();
        health.set(answer.health());
        answer.stats().ifPresent(each -> {
            stats.set(Optional.of(each));
            samples.add(new Sample(now, each));
            samples.removeIf(old -> old.at().isBefore(now.minus(KEPT)));
        });
        barred.set(answer.failure()
                .map(StormException::code)
                .filter(ErrorCode.FORBIDDEN::equals)
                .isPresent());
        boolean well = answer.failure().isEmpty()
                && answer.health()
                        .map(OverviewViewModel::disconnected)
                        .orElse(List.of())
                        .isEmpty();
        outageSince = well ? Optional.empty() : Optional.of(outageSince.orElse(now));
        outage.set(outageSince.map(since -> told(answer, since)).orElse(""));
    }

    private String told(Answer answer, Instant since) {
        String at = console.times().clock(since);
        String parts = answer.health().map(OverviewViewModel::disconnected).orElse(List.of()).stream()
                .map(part -> console.texts().get("overview.part." + part))
                .collect(Collectors.joining(", "));
        if (!parts.isEmpty()) {
            return console.texts().get("outage.parts", at, parts);
        }
        return answer.failure()
                .map(e ->
                        console.texts().get(key(answer, e), at, console.texts().failure(e)))
                .orElse("");
    }

    /// The parts that the server itself does not reach.
    private static List<String> disconnected(Health health) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("mongo", health.mongo());
        parts.put("redis", health.redis());
        parts.put("worker", health.worker());
        parts.put("delivery", health.delivery());
        return parts.entrySet().stream()
                .filter(each -> !each.getValue().equals(CONNECTED))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String key(Answer answer, StormException failure) {
        if (failure.code() != ErrorCode.SERVICE_UNAVAILABLE || ServerCertificate.isDistrusted(failure)) {
            return "outage.refused";
        }
        return answer.health().isPresent() ? "outage.unwell" : "outage.unreachable";
    }
}
