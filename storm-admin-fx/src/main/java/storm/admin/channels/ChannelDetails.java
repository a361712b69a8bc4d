package storm.admin.channels;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Sheet;
import storm.admin.ui.Texts;
import storm.protocol.channels.Channel;
import storm.protocol.ids.UserId;
import storm.protocol.messages.Message;
import storm.protocol.users.User;

/// The selected channel: what can be done to it, its members, its latest messages.
final class ChannelDetails extends StackPane {
    private final ChannelsViewModel model;
    private final Console console;
    private final Texts texts;
    private final Sheet sheet;

    ChannelDetails(ChannelsViewModel model, Console console, Sheet sheet, Runnable edit, Runnable delete) {
        this.model = model;
        this.console = console;
        this.texts = console.texts();
        this.sheet = sheet;
        Label none = new Label(texts.get("channels.none"));
        none.getStyleClass().add(Styles.TEXT_MUTED);
        none.setWrapText(true);

        Label name = new Label();
        name.setId("channel-title");
        name.getStyleClass().add(Styles.TITLE_3);
        Label description = new Label();
        description.setWrapText(true);
        description.getStyleClass().add(Styles.TEXT_MUTED);
        Button archive =
                Icons.button("channel-archive", Feather.ARCHIVE, texts.get("channels.archive"), this::toggleArchived);
        Button remove = Icons.button("channel-delete", Feather.TRASH_2, texts.get("channels.delete"), delete);
        remove.getStyleClass().add(Styles.DANGER);
        remove.managedProperty().bind(remove.visibleProperty());
        FlowPane actions = new FlowPane(
                8, 8, Icons.button("channel-edit", Feather.EDIT_2, texts.get("channels.edit"), edit), archive, remove);
        VBox head = new VBox(8, name, description, actions);
        head.setPadding(new Insets(0, 0, 10, 0));
        TabPane tabs = new TabPane(
                tab("channels.members", Feather.USERS, members()),
                tab("channels.messages", Feather.MESSAGE_SQUARE, messages()));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        BorderPane details = new BorderPane(tabs, head, null, null, null);
        details.setId("channel-details");
        details.setPadding(new Insets(4, 0, 0, 16));
        getChildren().addAll(none, details);
        setMinWidth(360);

        Runnable update = () -> {
            Optional<Channel> now = model.selected().get();
            none.setVisible(now.isEmpty());
            details.setVisible(now.isPresent());
            remove.setVisible(model.mayDelete());
            now.ifPresent(it -> {
                name.setText("#" + it.name());
                description.setText(
                        it.description().isBlank() ? texts.get("channels.noDescription") : it.description());
                archive.setText(texts.get(it.isArchived() ? "channels.unarchive" : "channels.archive"));
            });
        };
        model.selected().addListener((_, _, _) -> update.run());
        update.run();
    }

    private void toggleArchived() {
        model.selected().get().ifPresent(it -> {
            if (it.isArchived()) {
                model.archive(false);
            } else {
                sheet.confirm(
                        texts.get("channels.archive"),
                        texts.get("channels.askArchive", it.name()),
                        texts.get("channels.archive"),
                        false,
                        () -> model.archive(true));
            }
        });
    }

    private Tab tab(String key, Feather icon, BorderPane content) {
        Tab tab = new Tab(texts.get(key), content);
        tab.setGraphic(Icons.of(icon));
        return tab;
    }

    private BorderPane members() {
        ListView<UserId> list = new ListView<>(model.members());
        list.setId("channel-members");
        list.setPlaceholder(new Label(texts.get("channels.noMembers")));
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable UserId member, boolean empty) {
                super.updateItem(member, empty);
                setText(null);
                setGraphic(empty || member == null ? null : row(member));
            }
        });
        HBox bar = new HBox(
                8,
                Icons.button(
                        "channel-add-member", Feather.USER_PLUS, texts.get("channels.addMember"), this::askMember));
        bar.setPadding(new Insets(10, 0, 10, 0));
        BorderPane pane = new BorderPane(list, bar, null, null, null);
        return pane;
    }

    private HBox row(UserId member) {
        ReadOnlyStringProperty name = console.names().user(member);
        Label label = new Label("", Icons.of(Feather.USER));
        label.textProperty().bind(name);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        Button remove = Icons.iconButton(
                "remove-" + member,
                Feather.USER_MINUS,
                texts.get("channels.removeMemberTitle"),
                () -> sheet.confirm(
                        texts.get("channels.removeMemberTitle"),
                        texts.get("channels.askRemoveMember", name.get()),
                        texts.get("channels.removeMemberTitle"),
                        true,
                        () -> model.removeMember(member)));
        remove.accessibleTextProperty()
                .bind(Bindings.createStringBinding(() -> texts.get("channels.removeMember", name.get()), name));
        HBox row = new HBox(8, label, remove);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /// Asks for a user by the beginning of their name.
    private void askMember() {
        ListView<User> found = new ListView<>();
        found.setId("member-found");
        found.setPrefHeight(180);
        found.setPlaceholder(new Label(texts.get("channels.typeName")));
        found.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable User user, boolean empty) {
                super.updateItem(user, empty);
                setText(empty || user == null ? null : user.username());
            }
        });
        SimpleStringProperty prefix = new SimpleStringProperty("");
        SearchField search = new SearchField(
                "member-search",
                texts.get("channels.searchMember"),
                prefix,
                () -> model.findUsers(prefix.get(), users -> show(found, users)),
                console.work());
        SimpleObjectProperty<Optional<User>> chosen = new SimpleObjectProperty<>(Optional.empty());
        found.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, now) -> chosen.set(Optional.ofNullable(now)));
        sheet.show(
                texts.get("channels.addMember"),
                new VBox(8, search, found),
                texts.get("channels.add"),
                false,
                Bindings.createBooleanBinding(() -> chosen.get().isPresent(), chosen),
                () -> {
                    chosen.get().ifPresent(model::addMember);
                    return true;
                });
        search.requestFocus();
    }

    private static void show(ListView<User> found, List<User> users) {
        found.getItems().setAll(users);
        if (!users.isEmpty()) {
            found.getSelectionModel().selectFirst();
        }
    }

    private BorderPane messages() {
        RowTable<Message> table =
                new RowTable<>(console, "messages", model.messages(), Message::id, texts.get("channels.noMessages"));
        table.number("messages.seq", 60, Message::seq);
        table.time("messages.at", 175, Message::createdAt);
        table.name("messages.sender", 110, it -> console.names().user(it.senderId()));
        table.text(
                "messages.status",
                90,
                it -> texts.get("messages.status." + it.deliveryStatus().wire()));
        Button delete = Icons.button("message-delete", Feather.TRASH_2, texts.get("messages.delete"), () -> {
            Message message = table.view().getSelectionModel().getSelectedItem();
            if (message != null) {
                sheet.confirm(
                        texts.get("messages.delete"),
                        texts.get("messages.askDelete"),
                        texts.get("messages.delete"),
                        true,
                        () -> model.deleteMessage(message));
            }
        });
        delete.getStyleClass().add(Styles.DANGER);
        delete.disableProperty()
                .bind(Bindings.isEmpty(table.view().getSelectionModel().getSelectedItems()));
        HBox bar = new HBox(8, delete);
        bar.setPadding(new Insets(10, 0, 10, 0));
        return new BorderPane(table, bar, null, null, null);
    }
}
