package storm.admin.people;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import storm.admin.ui.Console;
import storm.admin.ui.Rows;
import storm.client.users.UsersCalls;
import storm.protocol.users.Role;
import storm.protocol.users.User;

/// Users by search and filter, and what may be done to the one that is selected.
public final class PeopleViewModel {
    private final Console console;
    private final Rows<User> rows;
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Optional<Role>> role = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Boolean> active = new SimpleObjectProperty<>(true);
    private final ObjectProperty<Optional<User>> selected = new SimpleObjectProperty<>(Optional.empty());

    public PeopleViewModel(Console console) {
        this.console = console;
        this.rows = new Rows<>(console.work(), console.texts());
        role.addListener((_, _, _) -> refresh());
        active.addListener((_, _, _) -> refresh());
    }

    public Rows<User> rows() {
        return rows;
    }

    public StringProperty search() {
        return search;
    }

    public ObjectProperty<Optional<Role>> role() {
        return role;
    }

    public ObjectProperty<Boolean> active() {
        return active;
    }

    public ObjectProperty<Optional<User>> selected() {
        return selected;
    }

    public void refresh() {
        String text = search.get().strip();
        UsersCalls.Filter filter =
                new UsersCalls.Filter(text.isEmpty() ? null : text, role.get().orElse(null), active.get());
        rows.show((limit, cursor) -> console.client().users().list(filter, limit, cursor));
    }

    public List<Role> assignableRoles() {
        return selected.get()
                .map(target -> RoleRules.assignable(console.me(), target))
                .orElse(List.of());
    }

    public boolean mayDeactivate() {
        return selected.get()
                .filter(it -> RoleRules.mayDeactivate(console.me(), it))
                .isPresent();
    }

    public boolean mayReactivate() {
        return selected.get()
                .filter(it -> RoleRules.mayReactivate(console.me(), it))
                .isPresent();
    }

    public boolean mayEndSessions() {
        return selected.get()
                .filter(it -> RoleRules.mayEndSessions(console.me(), it))
                .isPresent();
    }

    public void changeRole(Role wanted) {
        selected.get()
                .ifPresent(it -> console.act(
                        () -> console.client().users().changeRole(it.id(), wanted),
                        console.texts().get("people.roleChanged", it.username(), roleName(wanted)),
                        this::refresh));
    }

    public void deactivate() {
        selected.get()
                .ifPresent(it -> console.act(
                        () -> {
                            console.client().users().deactivate(it.id());
                            return it;
                        },
                        console.texts().get("people.deactivated", it.username()),
                        this::refresh));
    }

    public void reactivate() {
        selected.get()
                .ifPresent(it -> console.act(
                        () -> console.client().users().reactivate(it.id()),
                        console.texts().get("people.reactivated", it.username()),
                        this::refresh));
    }

    public void endSessions() {
        selected.get()
                .ifPresent(it -> console.act(
                        () -> console.client().users().endSessions(it.id()),
                        console.texts().get("people.sessionsEnded", it.username()),
                        () -> {}));
    }

    public String roleName(Role of) {
        return console.texts().get("role." + of.wire());
    }
}
