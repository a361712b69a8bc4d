package storm.admin.deadletters;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Choices;
import storm.admin.ui.Console;
import storm.admin.ui.Facts;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Sheet;
import storm.admin.ui.Texts;
import storm.protocol.deadletters.DeadLetter;

/// The dead letters page.
public final class DeadLettersView extends Page {
    private final DeadLettersViewModel model;
    private final Console console;
    private final Texts texts;
    private final Sheet sheet;
    private final RowTable<DeadLetter> table;
    private boolean seen;

    public DeadLettersView(DeadLettersViewModel model, Console console, Sheet sheet) {
        super(
                "deadletters",
                console.texts().get("deadletters.title"),
                console.texts().get("deadletters.subtitle"));
        this.model = model;
        this.console = console;
        this.texts = console.texts();
        this.sheet = sheet;
        this.table =
                new RowTable<>(console, "deadletters", model.rows(), DeadLetter::id, texts.get("deadletters.empty"));
        table.view().getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.time("deadletters.failedAt", DeadLetter::failedAt);
        table.age("deadletters.age", 70, DeadLetter::failedAt);
        table.word("deadletters.kind", 90, it -> kind(it.kind()));
        table.text("deadletters.reason", 220, it -> model.reasonText(it.failureReason()));
        table.number("deadletters.attempts", 90, it -> (long) it.attempts());
        table.name(
                "deadletters.channel",
                160,
                it -> it.channelId() == null ? null : console.names().channel(it.channelId()),
                it -> it.channelId() == null ? null : it.channelId().value());
        table.name(
                "deadletters.sender",
                160,
                it -> it.senderId() == null ? null : console.names().user(it.senderId()),
                it -> it.senderId() == null ? null : it.senderId().value());

        Button retry = onSelection("deadletters-retry", Feather.ROTATE_CCW, "deadletters.retry", false, model::retry);
        Button discard =
                onSelection("deadletters-discard", Feather.TRASH_2, "deadletters.discard", true, model::discard);
        shortcut("Shortcut+R", retry);
        shortcut("Shortcut+D", discard);
        filters(
                reasons(),
                new SearchField(
                        "deadletters-filter-channel",
                        texts.get("deadletters.byChannel"),
                        model.channel(),
                        model::refresh,
                        console.work()),
                Icons.iconButton(
                        "deadletters-refresh", Feather.REFRESH_CW, texts.get("table.refresh"), model::refresh));
        Button retryAll =
                onAll("deadletters-retry-all", Feather.REPEAT, "deadletters.retryAll", false, model::retryAll);
        Button discardAll =
                onAll("deadletters-discard-all", Feather.X_CIRCLE, "deadletters.discardAll", true, model::discardAll);
        shortcut("Shortcut+Shift+R", retryAll);
        shortcut("Shortcut+Shift+D", discardAll);
        actions(retry, discard, retryAll, discardAll);
        table.view().setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DELETE) {
                discard.fire();
            }
        });
        setCenter(table);
        setBottom(bottom());
    }

    /// How many there are has changed: new ones show up by themselves.
    public void changedOnTheServer() {
        if (seen) {
            model.changedOnTheServer();
        }
    }

    @Override
    public void shown() {
        seen = true;
        model.refresh();
    }

    @Override
    public void hidden() {
        seen = false;
    }

    private String kind(@Nullable String kind) {
        return kind == null ? "–" : texts.getOr("deadletters.kind." + kind, kind);
    }

    private ComboBox<String> reasons() {
        ComboBox<String> box = Choices.of(
                "deadletters-filter-reason",
                texts.get("deadletters.reason"),
                Reasons.KNOWN,
                model::reasonText,
                texts.get("deadletters.anyReason"));
        box.valueProperty().bindBidirectional(model.reason());
        return box;
    }

    private Button onSelection(
            String id, Feather icon, String key, boolean dangerous, Consumer<List<DeadLetter>> action) {
        Button button = Icons.button(id, icon, texts.get(key), () -> {
            List<DeadLetter> chosen =
                    List.copyOf(table.view().getSelectionModel().getSelectedItems());
            sheet.confirm(
                    texts.get(key),
                    texts.get(key + ".ask", chosen.size()),
                    texts.get(key),
                    dangerous,
                    () -> action.accept(chosen));
        });
        button.disableProperty()
                .bind(Bindings.isEmpty(table.view().getSelectionModel().getSelectedItems())
                        .or(model.progress().isNotEqualTo(0)));
        return button;
    }

    private Button onAll(String id, Feather icon, String key, boolean dangerous, Runnable action) {
        Button button = Icons.button(
                id,
                icon,
                texts.get(key),
                () -> sheet.confirm(texts.get(key), texts.get(key + ".ask"), texts.get(key), dangerous, action));
        button.disableProperty()
                .bind(Bindings.isEmpty(model.rows().items()).or(model.progress().isNotEqualTo(0)));
        return button;
    }

    private VBox bottom() {
        ProgressBar bar = new ProgressBar();
        bar.setId("deadletters-progress");
        bar.progressProperty().bind(model.progress());
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.visibleProperty().bind(model.progress().isNotEqualTo(0));
        bar.managedProperty().bind(bar.visibleProperty());
        VBox bottom = new VBox(10, bar, told(), details());
        bottom.setPadding(new Insets(10, 0, 0, 0));
        return bottom;
    }

    private HBox told() {
        Label result = new Label("", Icons.of(Feather.INFO));
        result.setId("deadletters-result");
        result.textProperty().bind(model.result());
        Button each = Icons.button(
                "deadletters-outcomes", Feather.LIST, texts.get("deadletters.showEach"), this::showOutcomes);
        each.getStyleClass().addAll(Styles.SMALL);
        each.visibleProperty().bind(Bindings.isNotEmpty(model.outcomes()));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox told = new HBox(12, result, gap, each);
        told.setAlignment(Pos.CENTER_LEFT);
        told.getStyleClass().add("told");
        told.visibleProperty().bind(model.result().isNotEmpty());
        told.managedProperty().bind(told.visibleProperty());
        return told;
    }

    private void showOutcomes() {
        ListView<DeadLettersViewModel.Outcome> list = new ListView<>(model.outcomes());
        list.setId("deadletters-each");
        list.setAccessibleText(texts.get("deadletters.showEach"));
        list.setPrefHeight(260);
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(DeadLettersViewModel.@Nullable Outcome outcome, boolean empty) {
                super.updateItem(outcome, empty);
                setPrefWidth(0); // as wide as the list, not as its text
                setText(null);
                setGraphic(empty || outcome == null ? null : row(outcome));
            }
        });
        sheet.tell(texts.get("deadletters.showEach"), list, texts.get("sheet.close"));
    }

    private Node row(DeadLettersViewModel.Outcome outcome) {
        DeadLetter letter = outcome.letter();
        Label told = new Label(
                outcome.told(),
                Icons.of(
                        switch (outcome.effect()) {
                            case DONE -> Feather.CHECK;
                            case GONE -> Feather.MINUS;
                            case FAILED -> Feather.ALERT_CIRCLE;
                        }));
        told.getStyleClass()
                .add(
                        switch (outcome.effect()) {
                            case DONE -> Styles.SUCCESS;
                            case GONE -> Styles.TEXT_MUTED;
                            case FAILED -> Styles.DANGER;
                        });
        Label which = new Label();
        which.getStyleClass().add(Styles.TEXT_MUTED);
        if (letter.channelId() == null) {
            which.setText(letter.id().value());
        } else {
            which.textProperty()
                    .bind(console.names()
                            .channel(letter.channelId())
                            .concat(" · " + console.times().show(letter.failedAt())));
        }
        which.getStyleClass().add(Styles.TEXT_SMALL);
        return new VBox(2, told, which);
    }

    /// What is known of the selected one.
    private Node details() {
        Facts facts = new Facts("deadletters-details", 3);
        table.view().getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            facts.clear();
            if (now == null) {
                return;
            }
            facts.add(texts.get("deadletters.reason"), model.reasonText(now.failureReason()));
            facts.add(
                    texts.get("deadletters.channel"),
                    now.channelId() == null ? null : console.names().channel(now.channelId()));
            facts.add(
                    texts.get("deadletters.sender"),
                    now.senderId() == null ? null : console.names().user(now.senderId()));
            facts.add(texts.get("deadletters.kind"), kind(now.kind()));
            facts.add(texts.get("deadletters.attempts"), texts.number(now.attempts()));
            facts.add(
                    texts.get("deadletters.acceptedAt"),
                    now.acceptedAt() == null ? "–" : console.times().show(now.acceptedAt()));
            facts.add(
                    texts.get("deadletters.message"),
                    now.messageId() == null ? "–" : now.messageId().value());
            facts.add(texts.get("deadletters.id"), now.id().value());
        });
        return facts;
    }
}
