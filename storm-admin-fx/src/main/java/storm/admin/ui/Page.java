package storm.admin.ui;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The frame of a page: a title with what can be done at its right, a bar of filters, and the rest.
public class Page extends BorderPane {
    /// Something that a key does on this page.
    public record Shortcut(KeyCombination keys, String text, Runnable action) {}

    private final FlowPane filters = new FlowPane(10, 10);
    private final HBox actions = new HBox(8);
    private final List<Supplier<Shortcut>> shortcuts = new ArrayList<>();

    protected Page(String id, String title, String subtitle) {
        setId(id);
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.TITLE_2);
        Label below = new Label(subtitle);
        below.getStyleClass().add(Styles.TEXT_MUTED);
        VBox words = new VBox(4, heading, below);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        actions.setAlignment(Pos.BOTTOM_RIGHT);
        actions.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(16, words, actions);
        filters.setAlignment(Pos.CENTER_LEFT);
        VBox top = new VBox(16, head, filters);
        filters.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(filters.getChildren()));
        BorderPane.setMargin(top, new Insets(0, 0, 14, 0));
        setTop(top);
        setPadding(new Insets(24));
    }

    /// What narrows the page down.
    protected final void filters(Node... nodes) {
        filters.getChildren().addAll(nodes);
    }

    /// What can be done here.
    protected final void actions(Node... nodes) {
        actions.getChildren().addAll(nodes);
    }

    /// Lets a key press a button of this page, and says so in the button's tooltip.
    protected final void shortcut(String keys, ButtonBase button) {
        KeyCombination combination = KeyCombination.valueOf(keys);
        Tooltip tooltip = new Tooltip();
        tooltip.textProperty().bind(button.textProperty().concat(" (" + combination.getDisplayText() + ")"));
        button.setTooltip(tooltip);
        shortcuts.add(() -> new Shortcut(combination, button.getText(), () -> press(button)));
    }

    private static void press(ButtonBase button) {
        if (button.isDisabled() || !button.isVisible()) {
            return;
        }
        if (button instanceof MenuButton menu) {
            menu.requestFocus();
            menu.show();
        } else {
            button.fire();
        }
    }

    /// What keys do here, as the buttons are labelled now.
    public final List<Shortcut> shortcuts() {
        return shortcuts.stream().map(Supplier::get).toList();
    }

    /// The page is seen: it reads what it shows.
    public void shown() {}

    /// The page is not seen any more.
    public void hidden() {}
}
