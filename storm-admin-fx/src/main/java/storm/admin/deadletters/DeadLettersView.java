package storm.admin.deadletters;

import atlantafx.base.theme.Styles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Sheet;
import storm.admin.ui.Texts;
import storm.admin.ui.Work;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.ids.DeadLetterId;

/// The dead letters page.
public final class DeadLettersView extends Page {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final DeadLettersViewModel model;
    private final Console console;
    private final Texts texts;
    private final Sheet sheet;
    private final RowTable<DeadLetter> table;
    private Optional<Work.Repeated> looking = Optional.empty();

    public DeadLettersView(DeadLettersViewModel model, Console console, Sheet sheet) {
        super(
                "deadletters",
                console.texts().get("deadletters.title"),
                console.texts().get("deadletters.subtitle"));
        this.model = model;
        this.console = console;
        this.texts = console.texts();
        this.sheet = sheet;
        this.table = new RowTable<>(console, "deadletters", model.rows(), texts.get("deadletters.empty"));
        table.view().getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.time("deadletters.failedAt", 160, DeadLetter::failedAt);
        table.text(
                "deadletters.age",
                80,
                it -> console.times()
                        .span(Duration.between(it.failedAt(), console.clock().instant())));
        table.text("deadletters.kind", 70, DeadLetter::kind);
        table.text("deadletters.reason", 180, DeadLetter::failureReason);
        table.number("deadletters.attempts", 95, it -> (long) it.attempts());
        table.text(
                "deadletters.channel",
                210,
                it -> it.channelId() == null ? "" : it.channelId().value());
        table.text(
                "deadletters.sender",
                210,
                it -> it.senderId() == null ? "" : it.senderId().value());
        controls(
                new SearchField(
                        "deadletters-filter-reason",
                        texts.get("deadletters.byReason"),
                        model.reason(),
                        model::refresh,
                        console.work()),
                new SearchField(
                        "deadletters-filter-channel",
                        texts.get("deadletters.byChannel"),
                        model.channel(),
                        model::refresh,
                        console.work()),
                Icons.iconButton("deadletters-refresh", Feather.REFRESH_CW, texts.get("table.refresh"), model::refresh),
                onSelection("deadletters-retry", Feather.ROTATE_CCW, "deadletters.retry", false, model::retry),
                onSelection("deadletters-discard", Feather.TRASH_2, "deadletters.discard", true, model::discard),
                onAll("deadletters-retry-all", Feather.REPEAT, "deadletters.retryAll", false, model::retryAll),
                onAll("deadletters-discard-all", Feather.X_CIRCLE, "deadletters.discardAll", true, model::discardAll));
        setCenter(table);
        setBottom(bottom());
    }

    @Override
    public void shown() {
        model.refresh();
        // New ones show up by themselves, unless somebody is choosing among those that are there.
        looking = Optional.of(console.work().every(LOOK, () -> {
            if (table.view().getSelectionModel().isEmpty()) {
                model.refresh();
            }
        }));
    }

    @Override
    public void hidden() {
        looking.ifPresent(Work.Repeated::close);
        looking = Optional.empty();
    }

    private Button onSelection(
            String id, Feather icon, String key, boolean dangerous, Consumer<List<DeadLetterId>> action) {
        Button button = Icons.button(id, icon, texts.get(key), () -> {
            List<DeadLetterId> ids = table.view().getSelectionModel().getSelectedItems().stream()
                    .map(DeadLetter::id)
                    .toList();
            sheet.confirm(
                    texts.get(key),
                    texts.get(key + ".ask", ids.size()),
                    texts.get(key),
                    dangerous,
                    () -> action.accept(ids));
        });
        button.disableProperty()
                .bind(Bindings.isEmpty(table.view().getSelectionModel().getSelectedItems()));
        return button;
    }

    private Button onAll(String id, Feather icon, String key, boolean dangerous, Runnable action) {
        Button button = Icons.button(
                id,
                icon,
                texts.get(key),
                () -> sheet.confirm(texts.get(key), texts.get(key + ".ask"), texts.get(key), dangerous, action));
        button.disableProperty().bind(Bindings.isEmpty(model.rows().items()));
        return button;
    }

    private VBox bottom() {
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(model.progress());
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.visibleProperty().bind(model.progress().greaterThan(0));
        bar.managedProperty().bind(bar.visibleProperty());
        Label result = new Label("", Icons.of(Feather.INFO));
        result.setId("deadletters-result");
        result.setWrapText(true);
        result.textProperty().bind(model.result());
        HBox told = new HBox(result);
        told.visibleProperty().bind(model.result().isNotEmpty());
        told.managedProperty().bind(told.visibleProperty());
        Label details = new Label();
        details.setId("deadletters-details");
        details.getStyleClass().add(Styles.TEXT_MUTED);
        details.setWrapText(true);
        table.view()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, now) -> details.setText(
                        now == null
                                ? ""
                                : texts.get(
                                        "deadletters.details",
                                        now.id().value(),
                                        now.messageId() == null
                                                ? "–"
                                                : now.messageId().value(),
                                        now.acceptedAt() == null
                                                ? "–"
                                                : console.times().show(now.acceptedAt()),
                                        now.failureReason())));
        VBox bottom = new VBox(6, bar, told, details);
        bottom.setPadding(new Insets(8, 4, 0, 4));
        return bottom;
    }
}
