package storm.admin.people;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Sheet;
import storm.admin.ui.Texts;
import storm.protocol.users.Role;
import storm.protocol.users.User;

/// The people page.
public final class PeopleView extends Page {
    private final PeopleViewModel model;
    private final Texts texts;
    private final Sheet sheet;
    private final MenuButton roleMenu;
    private final Button activity;
    private final Button endSessions;

    public PeopleView(PeopleViewModel model, Console console, Sheet sheet) {
        super("people", console.texts().get("people.title"), console.texts().get("people.subtitle"));
        this.model = model;
        this.texts = console.texts();
        this.sheet = sheet;
        this.roleMenu = new MenuButton(texts.get("people.changeRole"), Icons.of(Feather.AWARD));
        roleMenu.setId("people-role");
        this.activity =
                Icons.button("people-activity", Feather.USER_X, texts.get("people.deactivate"), this::changeActivity);
        this.endSessions =
                Icons.button("people-sessions", Feather.LOG_OUT, texts.get("people.endSessions"), this::askEndSessions);
        filters(
                new SearchField(
                        "people-search", texts.get("people.search"), model.search(), model::refresh, console.work()),
                roleFilter(),
                activeFilter(),
                Icons.iconButton("people-refresh", Feather.REFRESH_CW, texts.get("table.refresh"), model::refresh));
        actions(roleMenu, endSessions, activity);
        shortcut("Shortcut+R", roleMenu);
        shortcut("Shortcut+E", endSessions);
        shortcut("Shortcut+D", activity);

        RowTable<User> table = new RowTable<>(console, "people", model.rows(), User::id, texts.get("people.empty"));
        table.text("people.username", 190, User::username);
        table.text("people.email", 280, User::email);
        table.word("people.role", 105, user -> model.roleName(user.role()));
        table.word("people.state", 105, user -> texts.get(user.isActive() ? "people.active" : "people.inactive"));
        table.time("people.lastSeen", User::lastSeenAt);
        table.time("people.created", User::createdAt);
        table.view()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, now) -> model.selected().set(Optional.ofNullable(now)));
        setCenter(table);
        model.selected().addListener((_, _, _) -> offer());
        offer();
    }

    @Override
    public void shown() {
        model.refresh();
    }

    /// Offers what may be done to the selected one, and nothing else.
    private void offer() {
        List<Role> roles = model.assignableRoles();
        roleMenu.setDisable(roles.isEmpty());
        roleMenu.getItems()
                .setAll(roles.stream()
                        .map(role -> {
                            MenuItem item = new MenuItem(model.roleName(role));
                            item.setId("people-role-" + role.wire());
                            item.setOnAction(_ -> model.changeRole(role));
                            return item;
                        })
                        .toList());
        boolean comeBack = model.mayReactivate();
        activity.setText(texts.get(comeBack ? "people.reactivate" : "people.deactivate"));
        activity.setGraphic(Icons.of(comeBack ? Feather.USER_CHECK : Feather.USER_X));
        activity.getStyleClass().remove(Styles.DANGER);
        if (!comeBack) {
            activity.getStyleClass().add(Styles.DANGER);
        }
        activity.setDisable(!comeBack && !model.mayDeactivate());
        endSessions.setDisable(!model.mayEndSessions());
    }

    private void changeActivity() {
        if (model.mayReactivate()) {
            model.reactivate();
        } else {
            askDeactivate();
        }
    }

    private void askDeactivate() {
        model.selected()
                .get()
                .ifPresent(it -> sheet.confirm(
                        texts.get("people.deactivate"),
                        texts.get("people.askDeactivate", it.username()),
                        texts.get("people.deactivate"),
                        true,
                        model::deactivate));
    }

    private void askEndSessions() {
        model.selected()
                .get()
                .ifPresent(it -> sheet.confirm(
                        texts.get("people.endSessions"),
                        texts.get("people.askEndSessions", it.username()),
                        texts.get("people.endSessions"),
                        true,
                        model::endSessions));
    }

    private ComboBox<Optional<Role>> roleFilter() {
        ComboBox<Optional<Role>> box = new ComboBox<>();
        box.setId("people-filter-role");
        box.setAccessibleText(texts.get("people.role"));
        box.getItems().add(Optional.empty());
        box.getItems().addAll(Stream.of(Role.values()).map(Optional::of).toList());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Optional<Role> role) {
                return role == null ? "" : role.map(model::roleName).orElse(texts.get("people.anyRole"));
            }

            @Override
            public Optional<Role> fromString(String text) {
                return Optional.empty();
            }
        });
        box.valueProperty().bindBidirectional(model.role());
        return box;
    }

    private ToggleButton activeFilter() {
        ToggleButton inactive = new ToggleButton(texts.get("people.showInactive"));
        inactive.setId("people-filter-inactive");
        inactive.setOnAction(_ -> model.active().set(!inactive.isSelected()));
        return inactive;
    }
}
