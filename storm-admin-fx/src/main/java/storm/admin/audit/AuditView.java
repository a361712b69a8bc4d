package storm.admin.audit;

import java.time.LocalDate;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.DatePicker;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Texts;
import storm.protocol.audit.AuditEntry;

/// The audit log page.
public final class AuditView extends Page {
    private final AuditViewModel model;

    public AuditView(AuditViewModel model, Console console) {
        super("audit", console.texts().get("audit.title"), console.texts().get("audit.subtitle"));
        this.model = model;
        Texts texts = console.texts();
        controls(
                new SearchField(
                        "audit-actor", texts.get("audit.byActor"), model.actor(), model::refresh, console.work()),
                new SearchField(
                        "audit-action", texts.get("audit.byAction"), model.action(), model::refresh, console.work()),
                new SearchField(
                        "audit-target", texts.get("audit.byTarget"), model.target(), model::refresh, console.work()),
                day("audit-from", texts.get("audit.from"), model.from()),
                day("audit-to", texts.get("audit.to"), model.to()),
                Icons.iconButton("audit-refresh", Feather.REFRESH_CW, texts.get("table.refresh"), model::refresh));
        RowTable<AuditEntry> table = new RowTable<>(console, "audit", model.rows(), texts.get("audit.empty"));
        table.time("audit.at", 170, AuditEntry::createdAt);
        table.text(
                "audit.actor",
                210,
                entry -> entry.actorId() == null ? "" : entry.actorId().value());
        table.text("audit.action", 170, AuditEntry::action);
        table.text("audit.target", 260, AuditEntry::target);
        table.text("audit.details", 320, AuditViewModel::details);
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
        picker.setPrefWidth(150);
        picker.valueProperty().addListener((_, _, now) -> {
            value.set(Optional.ofNullable(now));
            model.refresh();
        });
        return picker;
    }
}
