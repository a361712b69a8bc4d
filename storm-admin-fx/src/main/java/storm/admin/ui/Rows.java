package storm.admin.ui;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import storm.protocol.rest.Page;

/// The rows of a table, read page by page as they are wanted, so that the list on the server may be of any length.
///
/// On one thread, the one that [Work] answers on. A newer question makes the answers to older ones void.
public final class Rows<T> {
    /// Reads a page.
    public interface Source<T> {
        Page<T> page(int limit, @Nullable String cursor);
    }

    private final Work work;
    private final Texts texts;
    private final ObservableList<T> items = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private Source<T> source = (_, _) -> new Page<>(java.util.List.of(), null);
    private Optional<String> cursor = Optional.empty();
    private Consumer<Runnable> around = Runnable::run;
    private long question;

    public Rows(Work work, Texts texts) {
        this.work = work;
        this.texts = texts;
    }

    public ObservableList<T> items() {
        return items;
    }

    public ReadOnlyBooleanProperty loading() {
        return loading.getReadOnlyProperty();
    }

    /// Whether the server has more rows.
    public ReadOnlyBooleanProperty more() {
        return more.getReadOnlyProperty();
    }

    /// Why there are no rows, or no more; empty if nothing is wrong.
    public ReadOnlyStringProperty failure() {
        return failure.getReadOnlyProperty();
    }

    /// Wraps what replaces all rows, for whoever must keep something over it.
    void keep(Consumer<Runnable> wrapper) {
        around = wrapper;
    }

    /// Begins anew with another source. What is shown stays until the answer is there, so that nothing flickers.
    public void show(Source<T> other) {
        source = other;
        reload();
    }

    /// Shows nothing, and takes no answer that is still on its way.
    public void clear() {
        question++;
        loading.set(false);
        more.set(false);
        items.clear();
    }

    public void reload() {
        cursor = Optional.empty();
        read(true);
    }

    /// Reads the next page, unless one is being read.
    public void readMore() {
        if (more.get() && !loading.get()) {
            read(false);
        }
    }

    private void read(boolean anew) {
        long mine = ++question;
        Source<T> from = source;
        @Nullable String at = cursor.orElse(null);
        loading.set(true);
        work.run(
                () -> from.page(Page.MAX_LIMIT, at),
                page -> {
                    if (mine == question) {
                        arrived(page, anew);
                    }
                },
                e -> {
                    if (mine == question) {
                        loading.set(false);
                        failure.set(texts.failure(e));
                    }
                });
    }

    private void arrived(Page<T> page, boolean anew) {
        loading.set(false);
        failure.set("");
        cursor = Optional.ofNullable(page.nextCursor());
        more.set(cursor.isPresent());
        if (anew) {
            around.accept(() -> items.setAll(page.items()));
        } else {
            items.addAll(page.items());
        }
    }
}
