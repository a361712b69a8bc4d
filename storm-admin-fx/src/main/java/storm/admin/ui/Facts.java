package storm.admin.ui;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A card of names and values, several in a row; it is not there while it is empty.
public final class Facts extends GridPane {
    private final int columns;

    public Facts(String id, int columns) {
        this.columns = columns;
        setId(id);
        setHgap(20);
        setVgap(10);
        setPadding(new Insets(12, 16, 12, 16));
        getStyleClass().add("card");
        for (int i = 0; i < columns; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / columns);
            column.setHgrow(Priority.ALWAYS);
            getColumnConstraints().add(column);
        }
        clear();
    }

    public void clear() {
        getChildren().clear();
        setVisible(false);
        setManaged(false);
    }

    public void add(String name, String value) {
        place(name, new Label(value));
    }

    /// @param value what may still change, such as a name; absent shows a dash
    public void add(String name, @Nullable ObservableValue<String> value) {
        Label label = new Label("–");
        if (value != null) {
            label.textProperty().bind(value);
        }
        place(name, label);
    }

    private void place(String name, Label value) {
        Label title = new Label(name);
        title.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(value.textProperty());
        value.setTooltip(whole);
        int count = getChildren().size();
        add(new VBox(1, title, value), count % columns, count / columns);
        setVisible(true);
        setManaged(true);
    }
}
