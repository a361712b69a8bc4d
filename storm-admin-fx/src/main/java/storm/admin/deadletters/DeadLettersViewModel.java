package storm.admin.deadletters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.ToLongFunction;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import storm.admin.ui.Console;
import storm.admin.ui.Rows;
import storm.client.deadletters.DeadLettersCalls;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.DeadLetterId;

/// Dead letters by channel and reason, and what is done to one, some, or all that match.
public final class DeadLettersViewModel {
    /// What happened to a selection.
    ///
    /// @param done ids it worked for
    /// @param gone ids that somebody else had dealt with
    /// @param failed a sentence for each that failed
    public record Outcome(List<DeadLetterId> done, List<DeadLetterId> gone, List<String> failed) {}

    private final Console console;
    private final Rows<DeadLetter> rows;
    private final StringProperty channel = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    private final StringProperty result = new SimpleStringProperty("");
    private final DoubleProperty progress = new SimpleDoubleProperty(0);

    public DeadLettersViewModel(Console console) {
        this.console = console;
        this.rows = new Rows<>(console.work(), console.texts());
    }

    public Rows<DeadLetter> rows() {
        return rows;
    }

    public StringProperty channel() {
        return channel;
    }

    public StringProperty reason() {
        return reason;
    }

    /// What the last action did, for each it was done to.
    public StringProperty result() {
        return result;
    }

    /// From 0 to 1 while a selection is worked on.
    public DoubleProperty progress() {
        return progress;
    }

    public void refresh() {
        try {
            DeadLetterFilter filter = filter();
            rows.show((limit, cursor) -> console.client().deadLetters().list(filter, limit, cursor));
        } catch (StormException e) {
            console.complain().accept(console.texts().failure(e));
        }
    }

    public void retry(List<DeadLetterId> ids) {
        each(ids, "deadletters.retried", console.client().deadLetters()::retry);
    }

    public void discard(List<DeadLetterId> ids) {
        each(ids, "deadletters.discarded", console.client().deadLetters()::discard);
    }

    /// Retries all that match the filter, those not shown too.
    public void retryAll() {
        all("deadletters.retried", DeadLettersCalls::retry);
    }

    /// Discards all that match the filter, those not shown too.
    public void discardAll() {
        all("deadletters.discarded", DeadLettersCalls::discard);
    }

    private interface Bulk {
        long apply(DeadLettersCalls calls, DeadLetterSelection selection);
    }

    private void all(String key, Bulk action) {
        DeadLetterSelection selection = new DeadLetterSelection(null, filter());
        console.work()
                .run(
                        () -> action.apply(console.client().deadLetters(), selection),
                        count -> {
                            result.set(console.texts().get(key, count));
                            refresh();
                        },
                        e -> console.complain().accept(console.texts().failure(e)));
    }

    /// One after the other, so that it can be told what happened to each.
    private void each(List<DeadLetterId> ids, String key, ToLongFunction<DeadLetterId> action) {
        progress.set(0);
        next(
                new ArrayDeque<>(ids),
                ids.size(),
                key,
                action,
                new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }

    private void next(
            Queue<DeadLetterId> left, int total, String key, ToLongFunction<DeadLetterId> action, Outcome outcome) {
        @Nullable DeadLetterId id = left.poll();
        progress.set(total == 0 ? 0 : (double) (total - left.size()) / total);
        if (id == null) {
            progress.set(0);
            result.set(summary(key, outcome));
            refresh();
            return;
        }
        console.work()
                .run(
                        () -> action.applyAsLong(id),
                        count -> {
                            (count > 0 ? outcome.done() : outcome.gone()).add(id);
                            next(left, total, key, action, outcome);
                        },
                        e -> {
                            outcome.failed().add(console.texts().failure(e));
                            next(left, total, key, action, outcome);
                        });
    }

    private String summary(String key, Outcome outcome) {
        List<String> parts = new ArrayList<>();
        parts.add(console.texts().get(key, outcome.done().size()));
        if (!outcome.gone().isEmpty()) {
            parts.add(console.texts().get("deadletters.gone", outcome.gone().size()));
        }
        if (!outcome.failed().isEmpty()) {
            parts.add(console.texts()
                    .get(
                            "deadletters.failed",
                            outcome.failed().size(),
                            outcome.failed().getFirst()));
        }
        return String.join(" · ", parts);
    }

    private DeadLetterFilter filter() {
        String in = channel.get().strip();
        String why = reason.get().strip();
        return new DeadLetterFilter(in.isEmpty() ? null : new ChannelId(in), why.isEmpty() ? null : why);
    }
}
