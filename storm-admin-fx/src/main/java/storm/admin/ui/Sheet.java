package storm.admin.ui;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A question laid over the window: a confirmation or a small form. Escape or Cancel takes it back.
///
/// While it is there, Tab goes round in it and not to what lies below; afterwards the focus is where it was before.
public final class Sheet {
    private static final double WIDTH = 460;

    private final ModalPane pane;
    private final Texts texts;
    private Optional<Node> focusBefore = Optional.empty();

    public Sheet(ModalPane pane, Texts texts) {
        this.pane = pane;
        this.texts = texts;
        pane.setId("sheet");
        pane.setFocusTraversable(false);
        pane.addEventFilter(KeyEvent.KEY_PRESSED, this::goRound);
        // Escape hides without clearing.
        pane.displayProperty().addListener((_, _, shown) -> {
            if (!shown) {
                pane.setContent(null);
                focusBefore.filter(node -> node.getScene() != null).ifPresent(Node::requestFocus);
            }
        });
    }

    /// Asks whether to do something.
    public void confirm(String title, String question, String yes, boolean dangerous, Runnable action) {
        show(title, new VBox(wrapped(question)), yes, dangerous, Bindings.createBooleanBinding(() -> true), () -> {
            action.run();
            return true;
        });
    }

    /// Asks to type a word before something that cannot be undone.
    public void confirmTyped(String title, String question, String word, String yes, Runnable action) {
        TextField typed = new TextField();
        typed.setId("sheet-typed");
        typed.setPromptText(word);
        typed.setAccessibleText(texts.get("sheet.type", word));
        VBox body = new VBox(8, wrapped(question), wrapped(texts.get("sheet.type", word)), typed);
        show(title, body, yes, true, typed.textProperty().isEqualTo(word), () -> {
            action.run();
            return true;
        });
        typed.requestFocus();
    }

    /// Shows a form.
    ///
    /// @param valid whether it may be submitted
    /// @param submit says whether the sheet may close
    public void show(
            String title,
            Node body,
            String yes,
            boolean dangerous,
            ObservableBooleanValue valid,
            BooleanSupplier submit) {
        Button cancel = cancel(texts.get("sheet.cancel"));
        Button ok = new Button(yes);
        ok.setId("sheet-ok");
        ok.setDefaultButton(true);
        ok.getStyleClass().add(dangerous ? Styles.DANGER : Styles.ACCENT);
        ok.disableProperty().bind(Bindings.not(valid));
        ok.setOnAction(_ -> {
            if (submit.getAsBoolean()) {
                pane.hide(true);
            }
        });
        open(title, body, cancel, ok);
        cancel.requestFocus();
    }

    /// Tells something at length.
    public void tell(String title, Node body, String close) {
        Button button = cancel(close);
        open(title, body, button);
        button.requestFocus();
    }

    private Button cancel(String text) {
        Button cancel = new Button(text);
        cancel.setId("sheet-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> pane.hide(true));
        return cancel;
    }

    private void open(String title, Node body, Button... buttons) {
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.TITLE_4);
        HBox row = new HBox(10, buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        VBox card = new VBox(16, heading, body, row);
        card.getStyleClass().add("question");
        card.setPadding(new Insets(24));
        card.setMinWidth(WIDTH);
        card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        focusBefore = Optional.ofNullable(pane.getScene()).map(scene -> scene.getFocusOwner());
        pane.setAlignment(Pos.CENTER);
        pane.show(card);
    }

    /// Whether a sheet lies over the window.
    public boolean isOpen() {
        return pane.isDisplay();
    }

    private void goRound(KeyEvent event) {
        if (event.getCode() != KeyCode.TAB || pane.getContent() == null) {
            return;
        }
        List<Node> stops = new ArrayList<>();
        collectStops(pane.getContent(), stops);
        if (!stops.isEmpty()) {
            int at = stops.indexOf(pane.getScene().getFocusOwner());
            int next = event.isShiftDown() ? Math.max(at, 0) - 1 : at + 1;
            stops.get(Math.floorMod(next, stops.size())).requestFocus();
        }
        event.consume();
    }

    /// What Tab stops at, in order. What is inside of a control, such as the rows of a list, is the control's own.
    private static void collectStops(Node node, List<Node> stops) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            stops.add(node);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectStops(child, stops));
        }
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
