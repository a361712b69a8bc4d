package storm.admin.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import storm.admin.ui.Console;
import storm.admin.ui.Names;
import storm.admin.ui.Rows;
import storm.client.audit.AuditCalls;
import storm.protocol.audit.AuditEntry;
import storm.protocol.errors.StormException;

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
    private final AuditDetails details;
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
        this.details = new AuditDetails(console.texts(), console.names());
        action.addListener((_, _, _) -> refresh());
        // Newest first: the first name heard is the one it had last.
        rows.items().addListener((ListChangeListener<AuditEntry>)
                _ -> rows.items().reversed().forEach(this::learn));
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
        rows.show((limit, cursor) -> console.client().audit().list(filter(question), limit, cursor));
    }

    /// An action in the person's language.
    public String actionText(String code) {
        return console.texts().getOr("audit.action." + code, code);
    }

    /// What an action was done to, by its name.
    public ObservableValue<String> target(AuditEntry entry) {
        return console.names().target(entry.target());
    }

    /// What an action changed, in one line.
    public ObservableValue<String> details(AuditEntry entry) {
        return details.show(entry);
    }

    /// The entries of channels that were made or deleted are all that still knows what those were called.
    private void learn(AuditEntry entry) {
        String name = entry.details().getOrDefault("name", entry.details().getOrDefault("nameAfter", ""));
        if (!name.isEmpty()) {
            Names.channelOf(entry.target()).ifPresent(channel -> console.names().remember(channel, name));
        }
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

    private Instant begin(LocalDate day) {
        return day.atStartOfDay(console.clock().getZone()).toInstant();
    }
}
