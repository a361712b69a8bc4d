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
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import storm.admin.ui.Console;
import storm.admin.ui.Rows;
import storm.client.deadletters.DeadLettersCalls;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;

/// Dead letters by channel and reason, and what is done to one, some, or all that match.
public final class DeadLettersViewModel {
    /// The most that the server handles in one call by filter.
    private static final long MOST_AT_ONCE = 10_000;

    /// What an action did to one dead letter.
    public enum Effect {
        DONE,
        /// Somebody else had dealt with it.
        GONE,
        FAILED
    }

    /// @param told what it did, as a sentence
    public record Outcome(DeadLetter letter, Effect effect, String told) {}

    private final Console console;
    private final Rows<DeadLetter> rows;
    private final StringProperty channel = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    private final StringProperty result = new SimpleStringProperty("");
    private final ObservableList<Outcome> outcomes = FXCollections.observableArrayList();
    private final DoubleProperty progress = new SimpleDoubleProperty(0);

    public DeadLettersViewModel(Console console) {
        this.console = console;
        this.rows = new Rows<>(console.work(), console.texts());
        reason.addListener((_, _, _) -> refresh());
    }

    public Rows<DeadLetter> rows() {
        return rows;
    }

    /// A channel's id or name; blank for all.
    public StringProperty channel() {
        return channel;
    }

    /// One of the server's words for a reason; blank for all.
    public StringProperty reason() {
        return reason;
    }

    /// What the last action did, in one line.
    public StringProperty result() {
        return result;
    }

    /// What the last action did to each of a selection; empty after one on all that match.
    public ObservableList<Outcome> outcomes() {
        return outcomes;
    }

    /// From 0 to 1 while a selection is worked on, below 0 while that cannot be told; 0 otherwise.
    public DoubleProperty progress() {
        return progress;
    }

    public void refresh() {
        String in = channel.get().strip();
        String why = reason.get().strip();
        rows.show((limit, cursor) -> console.client().deadLetters().list(filter(in, why), limit, cursor));
    }

    /// New ones have come or old ones gone: shows them, unless somebody has paged further down than a reload would
    /// keep.
    public void changedOnTheServer() {
        if (rows.items().size() <= storm.protocol.rest.Page.MAX_LIMIT) {
            refresh();
        }
    }

    public void retry(List<DeadLetter> letters) {
        each(
                letters,
                "deadletters.retried",
                letter -> console.client().deadLetters().retry(letter.id()));
    }

    public void discard(List<DeadLetter> letters) {
        each(
                letters,
                "deadletters.discarded",
                letter -> console.client().deadLetters().discard(letter.id()));
    }

    /// Retries all that match the filter, those not shown too.
    public void retryAll() {
        all("deadletters.retried", DeadLettersCalls::retry);
    }

    /// Discards all that match the filter, those not shown too.
    public void discardAll() {
        all("deadletters.discarded", DeadLettersCalls::discard);
    }

    /// A reason in the person's language.
    public String reasonText(String code) {
        return console.texts().getOr(Reasons.key(code), code);
    }

    private interface Bulk {
        long apply(DeadLettersCalls calls, DeadLetterSelection selection);
    }

    private void all(String key, Bulk action) {
        String in = channel.get().strip();
        String why = reason.get().strip();
        outcomes.clear();
        progress.set(-1);
        console.work()
                .run(
                        () -> repeated(new DeadLetterSelection(null, filter(in, why)), action),
                        count -> {
                            progress.set(0);
                            result.set(console.texts().get(key, count));
                            refresh();
                        },
                        e -> {
                            progress.set(0);
                            console.complain().accept(console.texts().failure(e));
                            refresh();
                        });
    }

    /// The server handles so many in one call; one that was retried and died again is not waited for.
    private long repeated(DeadLetterSelection selection, Bulk action) {
        DeadLettersCalls calls = console.client().deadLetters();
        long most = console.client().queue().stats().dead();
        long total = 0;
        long latest;
        do {
            latest = action.apply(calls, selection);
            total += latest;
        } while (latest >= MOST_AT_ONCE && total < most);
        return total;
    }

    /// One after the other, so that it can be told what happened to each.
    private void each(List<DeadLetter> letters, String key, ToLongFunction<DeadLetter> action) {
        outcomes.clear();
        result.set("");
        next(new ArrayDeque<>(letters), letters.size(), key, action);
    }

    private void next(Queue<DeadLetter> left, int total, String key, ToLongFunction<DeadLetter> action) {
        @Nullable DeadLetter letter = left.poll();
        if (letter == null) {
            progress.set(0);
            result.set(summary(key));
            refresh();
            return;
        }
        progress.set((double) (total - left.size()) / total);
        console.work()
                .run(
                        () -> action.applyAsLong(letter),
                        count -> {
                            outcomes.add(outcome(letter, count > 0 ? Effect.DONE : Effect.GONE, key));
                            next(left, total, key, action);
                        },
                        e -> {
                            outcomes.add(
                                    e.code() == ErrorCode.NOT_FOUND
                                            ? outcome(letter, Effect.GONE, key)
                                            : new Outcome(
                                                    letter,
                                                    Effect.FAILED,
                                                    console.texts().failure(e)));
                            next(left, total, key, action);
                        });
    }

    private Outcome outcome(DeadLetter letter, Effect effect, String key) {
        return new Outcome(
                letter, effect, console.texts().get(effect == Effect.DONE ? key + ".one" : "deadletters.gone.one"));
    }

    private String summary(String key) {
        List<String> parts = new ArrayList<>();
        parts.add(console.texts().get(key, count(Effect.DONE)));
        if (count(Effect.GONE) > 0) {
            parts.add(console.texts().get("deadletters.gone", count(Effect.GONE)));
        }
        if (count(Effect.FAILED) > 0) {
            parts.add(console.texts().get("deadletters.failed", count(Effect.FAILED)));
        }
        return String.join(" · ", parts);
    }

    private long count(Effect effect) {
        return outcomes.stream().filter(each -> each.effect() == effect).count();
    }

    /// Blocks: a channel's name has to be looked up.
    ///
    /// @throws StormException VALIDATION_ERROR if there is no such channel
    private DeadLetterFilter filter(String in, String why) {
        ChannelId id = in.isEmpty() ? null : console.names().findChannel(in);
        return new DeadLetterFilter(id, why.isEmpty() ? null : why);
    }
}
