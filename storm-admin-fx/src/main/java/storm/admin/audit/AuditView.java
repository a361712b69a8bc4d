package storm.admin.audit;

import java.time.LocalDate;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Choices;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Texts;
import storm.protocol.audit.AuditEntry;

/// The audit log page.
public final class AuditView extends Page {
    private static final double FIELD = 178;
    private static final double DAY = 128;

    private final AuditViewModel model;

    public AuditView(AuditViewModel model, Console console) {
        super("audit", console.texts().get("audit.title"), console.texts().get("audit.subtitle"));
        this.model = model;
        Texts texts = console.texts();
        SearchField actor = new SearchField(
                "audit-actor", texts.get("audit.byActor"), model.actor(), model::refresh, console.work());
        actor.setPrefWidth(FIELD);
        ComboBox<String> action = Choices.of(
                "audit-action",
                texts.get("audit.action"),
                AuditViewModel.ACTIONS,
                model::actionText,
                texts.get("audit.anyAction"));
        action.setPrefWidth(FIELD);
        action.valueProperty().bindBidirectional(model.action());
        SearchField target = new SearchField(
                "audit-target", texts.get("audit.byTarget"), model.target(), model::refresh, console.work());
        target.setPrefWidth(FIELD + 50);
        filters(
                actor,
                action,
                target,
                day("audit-from", texts.get("audit.from"), model.from()),
                day("audit-to", texts.get("audit.to"), model.to()),
                Icons.iconButton("audit-refresh", Feather.REFRESH_CW, texts.get("table.refresh"), model::refresh));
        RowTable<AuditEntry> table =
                new RowTable<>(console, "audit", model.rows(), AuditEntry::id, texts.get("audit.empty"));
        table.time("audit.at", AuditEntry::createdAt);
        table.name(
                "audit.actor", 150, entry -> console.names().user(entry.actorId()), entry -> "user:" + entry.actorId());
        table.text("audit.action", 170, entry -> model.actionText(entry.action()));
        table.name("audit.target", 180, model::target, AuditEntry::target);
        table.name("audit.details", 350, model::details, AuditDetails::exact);
        setCenter(table);
    }

    @Override
    public void shown() {
        model.refresh();
    }

    private DatePicker day(String id, String prompt, ObjectProperty<Optional<LocalDate>> value) {
        DatePicker picker = new DatePicker();
        picker.setId(id);
        picker.setPromptText(prompt);
        picker.setAccessibleText(prompt);
        picker.setPrefWidth(DAY);
        picker.valueProperty().addListener((_, _, now) -> {
            value.set(Optional.ofNullable(now));
            model.refresh();
        });
        return picker;
    }
}
