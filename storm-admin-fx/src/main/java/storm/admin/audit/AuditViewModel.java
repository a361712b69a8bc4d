package storm.admin.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import storm.admin.ui.Console;
import storm.admin.ui.Rows;
import storm.client.audit.AuditCalls;
import storm.protocol.audit.AuditEntry;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;

/// The audit log by actor, action, target and time.
public final class AuditViewModel {
    private final Console console;
    private final Rows<AuditEntry> rows;
    private final StringProperty actor = new SimpleStringProperty("");
    private final StringProperty action = new SimpleStringProperty("");
    private final StringProperty target = new SimpleStringProperty("");
    private final ObjectProperty<Optional<LocalDate>> from = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<LocalDate>> to = new SimpleObjectProperty<>(Optional.empty());

    public AuditViewModel(Console console) {
        this.console = console;
        this.rows = new Rows<>(console.work(), console.texts());
    }

    public Rows<AuditEntry> rows() {
        return rows;
    }

    /// The id of who did it.
    public StringProperty actor() {
        return actor;
    }

    public StringProperty action() {
        return action;
    }

    public StringProperty target() {
        return target;
    }

    /// The first day, in the local zone.
    public ObjectProperty<Optional<LocalDate>> from() {
        return from;
    }

    /// The last day, in the local zone.
    public ObjectProperty<Optional<LocalDate>> to() {
        return to;
    }

    public void refresh() {
        try {
            AuditCalls.Filter filter = new AuditCalls.Filter(
                    given(actor).map(UserId::new).orElse(null),
                    given(action).orElse(null),
                    given(target).orElse(null),
                    from.get().map(AuditViewModel::begin).orElse(null),
                    to.get().map(day -> begin(day.plusDays(1))).orElse(null));
            rows.show((limit, cursor) -> {
                Page<AuditEntry> page = console.client().audit().list(filter, limit, cursor);
                // A server that does not filter yet sends everything: what does not match is left out here.
                return new Page<>(
                        page.items().stream()
                                .filter(each -> matches(filter, each))
                                .toList(),
                        page.nextCursor());
            });
        } catch (StormException e) {
            console.complain().accept(console.texts().failure(e));
        }
    }

    /// What an action changed, in one line.
    public static String details(AuditEntry entry) {
        Map<String, String> sorted = new TreeMap<>(entry.details());
        return sorted.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static boolean matches(AuditCalls.Filter filter, AuditEntry entry) {
        return (filter.actorId() == null || filter.actorId().equals(entry.actorId()))
                && (filter.action() == null || entry.action().startsWith(filter.action()))
                && (filter.target() == null || entry.target().contains(filter.target()))
                && (filter.from() == null || !entry.createdAt().isBefore(filter.from()))
                && (filter.to() == null || entry.createdAt().isBefore(filter.to()));
    }

    private static Optional<String> given(StringProperty text) {
        return Optional.of(text.get().strip()).filter(stripped -> !stripped.isEmpty());
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    }
}
