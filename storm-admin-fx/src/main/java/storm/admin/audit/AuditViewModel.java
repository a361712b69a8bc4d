package storm.admin.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
import storm.protocol.rest.Page;

/// The audit log by actor, action, target and time.
public final class AuditViewModel {
    /// The actions that Storm writes down. One that is not among them is shown as it came.
    public static final List<String> ACTIONS = List.of(
            "user.role.assign",
            "user.update",
            "user.deactivate",
            "user.activate",
            "user.sessions.revoke",
            "channel.create",
            "channel.update",
            "channel.delete",
            "channel.member.add",
            "channel.member.remove",
            "message.delete",
            "deadletter.retry",
            "deadletter.discard");

    private final Console console;
    private final Rows<AuditEntry> rows;
    private final StringProperty actor = new SimpleStringProperty("");
    private final StringProperty action = new SimpleStringProperty("");
    private final StringProperty target = new SimpleStringProperty("");
    private final ObjectProperty<Optional<LocalDate>> from = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<LocalDate>> to = new SimpleObjectProperty<>(Optional.empty());

    /// What is asked for, as it stood when it was asked.
    private record Question(String actor, String action, String target, Optional<Instant> from, Optional<Instant> to) {}

    public AuditViewModel(Console console) {
        this.console = console;
        this.rows = new Rows<>(console.work(), console.texts());
        action.addListener((_, _, _) -> refresh());
    }

    public Rows<AuditEntry> rows() {
        return rows;
    }

    /// Who did it: a name or an id; blank for anybody.
    public StringProperty actor() {
        return actor;
    }

    /// One of the server's words for an action; blank for any.
    public StringProperty action() {
        return action;
    }

    /// To whom or what: a user's name, `#channel`, or the full form as `user:65f…`; blank for all.
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
        Question question = new Question(
                actor.get().strip(),
                action.get(),
                target.get().strip(),
                from.get().map(this::begin),
                to.get().map(day -> begin(day.plusDays(1))));
        rows.show((limit, cursor) -> {
            AuditCalls.Filter filter = filter(question);
            Page<AuditEntry> page = console.client().audit().list(filter, limit, cursor);
            // A server that does not know a filter sends everything: what does not match is left out here.
            return new Page<>(
                    page.items().stream()
                            .filter(entry -> matches(filter, entry))
                            .toList(),
                    page.nextCursor());
        });
    }

    /// An action in the person's language.
    public String actionText(String code) {
        return console.texts().getOr("audit.action." + code, code);
    }

    /// What an action changed, in one line.
    public static String details(AuditEntry entry) {
        Map<String, String> sorted = new TreeMap<>(entry.details());
        return sorted.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    /// Blocks: names have to be looked up.
    ///
    /// @throws StormException VALIDATION_ERROR if there is nobody and nothing of that name
    private AuditCalls.Filter filter(Question question) {
        return new AuditCalls.Filter(
                question.actor().isEmpty() ? null : console.names().findUser(question.actor()),
                question.action().isEmpty() ? null : question.action(),
                question.target().isEmpty() ? null : console.names().findTarget(question.target()),
                question.from().orElse(null),
                question.to().orElse(null));
    }

    private static boolean matches(AuditCalls.Filter filter, AuditEntry entry) {
        return (filter.actorId() == null || filter.actorId().equals(entry.actorId()))
                && (filter.action() == null || entry.action().startsWith(filter.action()))
                && (filter.target() == null || entry.target().startsWith(filter.target()))
                && (filter.from() == null || !entry.createdAt().isBefore(filter.from()))
                && (filter.to() == null || entry.createdAt().isBefore(filter.to()));
    }

    private Instant begin(LocalDate day) {
        return day.atStartOfDay(console.clock().getZone()).toInstant();
    }
}
