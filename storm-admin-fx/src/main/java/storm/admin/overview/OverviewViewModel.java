package storm.admin.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import storm.admin.ui.Console;
import storm.protocol.health.Health;
import storm.protocol.queue.QueueStats;

/// How the server does: health and queue, asked for every few seconds, and the last half hour of both.
public final class OverviewViewModel {
    public static final Duration INTERVAL = Duration.ofSeconds(3);
    public static final Duration KEPT = Duration.ofMinutes(30);

    /// The queue at one time.
    public record Sample(Instant at, QueueStats stats) {}

    private final Console console;
    private final ReadOnlyObjectWrapper<Optional<Health>> health = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<QueueStats>> stats = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper outage = new ReadOnlyStringWrapper("");
    private final ObservableList<Sample> samples = FXCollections.observableArrayList();
    private final BooleanProperty asking = new SimpleBooleanProperty();

    public OverviewViewModel(Console console) {
        this.console = console;
    }

    public ReadOnlyObjectProperty<Optional<Health>> health() {
        return health.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<QueueStats>> stats() {
        return stats.getReadOnlyProperty();
    }

    /// Why nothing new can be told; empty while the server answers.
    public ReadOnlyStringProperty outage() {
        return outage.getReadOnlyProperty();
    }

    /// The last half hour, oldest first.
    public ObservableList<Sample> samples() {
        return samples;
    }

    /// Asks anew, unless an answer is still awaited.
    public void refresh() {
        if (asking.get()) {
            return;
        }
        asking.set(true);
        console.work().run(() -> console.client().queue().health(), now -> health.set(Optional.of(now)), e -> {
            health.set(Optional.empty());
            outage.set(console.texts().get("overview.outage", console.texts().failure(e)));
        });
        console.work().run(() -> console.client().queue().stats(), this::arrived, e -> {
            asking.set(false);
            outage.set(console.texts().get("overview.outage", console.texts().failure(e)));
        });
    }

    private void arrived(QueueStats now) {
        asking.set(false);
        outage.set("");
        stats.set(Optional.of(now));
        Instant at = console.clock().instant();
        samples.add(new Sample(at, now));
        samples.removeIf(each -> each.at().isBefore(at.minus(KEPT)));
    }
}
