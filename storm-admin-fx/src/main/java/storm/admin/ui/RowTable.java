package storm.admin.ui;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A table of [Rows] with what surrounds it: how many there are, more as one scrolls down, and a next step when there
/// are none. A reload keeps the selection.
public final class RowTable<T> extends BorderPane {
    private static final int AHEAD = 10;
    private static final double TIME_WIDTH = 140;
    private static final double FONT_SCALE = 14.0 / 13;
    private static final double HEADER_MARGIN = 26;

    private final Console console;
    private final String name;
    private final Rows<T> rows;
    private final TableView<T> table = new TableView<>();

    /// @param name of the table, for its id and for what is remembered of its columns
    /// @param key what tells one row from another over reloads
    /// @param emptyText what it says when there is nothing
    public RowTable(Console console, String name, Rows<T> rows, Function<T, Object> key, String emptyText) {
        this.console = console;
        this.name = name;
        this.rows = rows;
        SortedList<T> sorted = new SortedList<>(rows.items());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setId(name + "-table");
        table.setAccessibleText(console.texts().get(name + ".title"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getStyleClass().addAll(Styles.STRIPED, Styles.DENSE);
        table.setPlaceholder(placeholder(emptyText));
        table.setRowFactory(_ -> {
            TableRow<T> row = new TableRow<>();
            row.indexProperty().addListener((_, _, now) -> {
                if (now.intValue() >= rows.items().size() - AHEAD
                        && rows.items().size() > AHEAD) {
                    rows.readMore();
                }
            });
            return row;
        });
        rows.keep(replace -> {
            Set<Object> selected = new HashSet<>();
            List.copyOf(table.getSelectionModel().getSelectedItems()).forEach(row -> selected.add(key.apply(row)));
            replace.run();
            for (int i = 0; i < table.getItems().size() && !selected.isEmpty(); i++) {
                if (selected.remove(key.apply(table.getItems().get(i)))) {
                    table.getSelectionModel().select(i);
                }
            }
        });
        setCenter(table);
        setBottom(footer());
    }

    public TableView<T> view() {
        return table;
    }

    /// A column of text.
    public TableColumn<T, String> text(String key, double width, Function<T, @Nullable String> value) {
        TableColumn<T, String> column = column(key, width, row -> {
            String text = value.apply(row);
            return text == null ? "" : text;
        });
        column.setCellFactory(_ -> new Cell<>(text -> text, (_, text) -> text));
        column.setComparator(String.CASE_INSENSITIVE_ORDER);
        return column;
    }

    /// A column of names that are asked for as they come into sight; therefore it does not sort.
    ///
    /// @param exact what the name stands for, such as an id; shown on hover
    public TableColumn<T, String> name(
            String key,
            double width,
            Function<T, @Nullable ObservableValue<String>> value,
            Function<T, @Nullable String> exact) {
        TableColumn<T, String> column = new TableColumn<>(console.texts().get(key));
        column.setCellValueFactory(cell -> value.apply(cell.getValue()));
        column.setCellFactory(_ -> new Cell<>(text -> text, (row, text) -> {
            String is = exact.apply(row);
            return is == null || is.equals(text) ? text : text + "\n" + is;
        }));
        column.setSortable(false);
        add(column, key, width);
        return column;
    }

    /// A column of times, in the local zone, with the exact value on hover.
    public TableColumn<T, Instant> time(String key, Function<T, @Nullable Instant> value) {
        TableColumn<T, Instant> column = whole(TIME_WIDTH, column(key, TIME_WIDTH, value));
        column.setCellFactory(_ ->
                new Cell<>(console.times()::show, (_, time) -> console.times().exact(time)));
        column.setComparator(Comparator.nullsFirst(Comparator.naturalOrder()));
        return column;
    }

    /// A column of spans up to now, such as `3 min`, with the time they began at on hover.
    public TableColumn<T, Instant> age(String key, double width, Function<T, Instant> since) {
        TableColumn<T, Instant> column = whole(width, column(key, width, since));
        column.setCellFactory(_ -> new Cell<>(
                time -> console.times()
                        .span(java.time.Duration.between(time, console.clock().instant())),
                (_, time) -> console.times().exact(time)));
        column.setComparator(Comparator.reverseOrder());
        return column;
    }

    public TableColumn<T, Long> number(String key, double width, Function<T, Long> value) {
        TableColumn<T, Long> column = whole(width, column(key, width, value));
        column.getStyleClass().add(Tweaks.ALIGN_RIGHT);
        column.setCellFactory(_ -> {
            Cell<T, Long> cell = new Cell<>(console.texts()::number, (_, number) -> String.valueOf(number));
            cell.setAlignment(Pos.CENTER_RIGHT);
            return cell;
        });
        return column;
    }

    /// A column of a few known words, which stay whole when there is little room.
    public TableColumn<T, String> word(String key, double width, Function<T, @Nullable String> value) {
        return whole(width, text(key, width, value));
    }

    private static <T, V> TableColumn<T, V> whole(double width, TableColumn<T, V> column) {
        column.setMinWidth(Math.max(width, column.getMinWidth()));
        return column;
    }

    private <V> TableColumn<T, V> column(String key, double width, Function<T, ? extends @Nullable V> value) {
        TableColumn<T, V> column = new TableColumn<>(console.texts().get(key));
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        add(column, key, width);
        return column;
    }

    private void add(TableColumn<T, ?> column, String key, double width) {
        column.setId(name + "-" + key.substring(key.lastIndexOf('.') + 1));
        String remembered = "column." + column.getId();
        column.setMinWidth(headerWidth(column));
        column.setPrefWidth(console.remembered()
                .get(remembered)
                .filter(text -> text.matches("[0-9]{2,4}"))
                .map(Double::parseDouble)
                .orElse(width));
        column.widthProperty()
                .addListener((_, _, now) -> console.remembered().put(remembered, String.valueOf(now.intValue())));
        table.getColumns().add(column);
    }

    /// What its name takes in any language, with a sign of the sort order beside it.
    private static double headerWidth(TableColumn<?, ?> column) {
        Text name = new Text(column.getText());
        name.setFont(Font.font(null, FontWeight.BOLD, Font.getDefault().getSize() * FONT_SCALE));
        return Math.ceil(name.getLayoutBounds().getWidth()) + HEADER_MARGIN;
    }

    private Node footer() {
        Label count = new Label();
        count.setId(name + "-count");
        count.getStyleClass().add(Styles.TEXT_MUTED);
        Runnable update =
                () -> count.setText(console.texts().get(countKey(), rows.items().size()));
        rows.items().addListener((ListChangeListener<T>) _ -> update.run());
        table.getSortOrder().addListener((ListChangeListener<TableColumn<T, ?>>) _ -> update.run());
        rows.more().addListener((_, _, _) -> update.run());
        update.run();
        Button more = Icons.button(
                name + "-more", Feather.CHEVRONS_DOWN, console.texts().get("table.more"), rows::readMore);
        more.getStyleClass().add(Styles.SMALL);
        more.visibleProperty().bind(rows.more());
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(16, 16);
        busy.setMaxSize(16, 16);
        busy.visibleProperty().bind(rows.loading());
        Label failure = new Label();
        failure.setId(name + "-failure");
        failure.getStyleClass().add(Styles.DANGER);
        failure.textProperty().bind(rows.failure());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox footer = new HBox(12, count, busy, failure, gap, more);
        footer.setAlignment(Pos.CENTER_LEFT);
        footer.setPadding(new Insets(8, 4, 0, 4));
        return footer;
    }

    /// The server sends rows in its own order, so a sorted part must not pass for the whole.
    private String countKey() {
        if (!rows.more().get()) {
            return "table.count";
        }
        return table.getSortOrder().isEmpty() ? "table.countMore" : "table.countSorted";
    }

    private Node placeholder(String emptyText) {
        Label text = new Label();
        text.setWrapText(true);
        text.getStyleClass().add(Styles.TEXT_MUTED);
        Button again = Icons.button(
                name + "-again", Feather.REFRESH_CW, console.texts().get("table.again"), rows::reload);
        Runnable update = () -> {
            boolean failed = !rows.failure().get().isEmpty();
            text.setText(
                    failed
                            ? rows.failure().get()
                            : rows.loading().get() ? console.texts().get("table.loading") : emptyText);
            again.setVisible(failed);
        };
        rows.failure().addListener((_, _, _) -> update.run());
        rows.loading().addListener((_, _, _) -> update.run());
        update.run();
        VBox box = new VBox(12, Icons.of(Feather.INBOX), text, again);
        box.setAlignment(Pos.CENTER);
        box.setPadding(new Insets(24));
        return box;
    }

    /// A cell with its exact value on hover.
    private static final class Cell<T, V> extends TableCell<T, V> {
        private final Function<V, String> shown;
        private final BiFunction<T, V, String> exact;
        private final Tooltip tooltip = new Tooltip();

        private Cell(Function<V, String> shown, BiFunction<T, V, String> exact) {
            this.shown = shown;
            this.exact = exact;
        }

        @Override
        protected void updateItem(@Nullable V item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setText(empty ? null : "–");
                setTooltip(null);
            } else {
                setText(shown.apply(item));
                tooltip.setText(exact.apply(getTableView().getItems().get(getIndex()), item));
                setTooltip(tooltip.getText().isEmpty() ? null : tooltip);
            }
        }
    }
}
