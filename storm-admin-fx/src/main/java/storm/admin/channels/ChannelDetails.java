package storm.admin.channels;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MultipleSelectionModel;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView.TableViewSelectionModel;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
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

    private final Button edit;
    private final Button archive;
    private final Button remove;
    private final Button addMember;

    ChannelDetails(ChannelsViewModel model, Console console, Sheet sheet, Runnable edit, Runnable delete) {
        this.model = model;
        this.console = console;
        this.texts = console.texts();
        this.sheet = sheet;
        Label none = new Label(texts.get("channels.none"));
        none.getStyleClass().add(Styles.TEXT_MUTED);
        none.setWrapText(true);
        none.setTextAlignment(TextAlignment.CENTER);
        setMargin(none, new Insets(0, 24, 0, 40));

        Label name = new Label();
        name.setId("channel-title");
        name.getStyleClass().add(Styles.TITLE_3);
        Label description = new Label();
        description.setWrapText(true);
        description.getStyleClass().add(Styles.TEXT_MUTED);
        this.edit = Icons.button("channel-edit", Feather.EDIT_2, texts.get("channels.edit"), edit);
        this.archive =
                Icons.button("channel-archive", Feather.ARCHIVE, texts.get("channels.archive"), this::toggleArchived);
        this.remove = Icons.button("channel-delete", Feather.TRASH_2, texts.get("channels.delete"), delete);
        remove.getStyleClass().add(Styles.DANGER);
        remove.managedProperty().bind(remove.visibleProperty());
        this.addMember =
                Icons.button("channel-add-member", Feather.USER_PLUS, texts.get("channels.addMember"), this::askMember);
        FlowPane actions = new FlowPane(8, 8, this.edit, archive, remove);
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

    /// Gives keys to what can be done here.
    void keys(BiConsumer<String, ButtonBase> bind) {
        bind.accept("Shortcut+E", edit);
        bind.accept("Shortcut+M", addMember);
        bind.accept("Shortcut+Shift+A", archive);
        bind.accept("Shortcut+D", remove);
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
        list.setAccessibleText(texts.get("channels.members"));
        list.setPlaceholder(new Label(texts.get("channels.noMembers")));
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable UserId member, boolean empty) {
                super.updateItem(member, empty);
                setText(null);
                setGraphic(empty || member == null ? null : row(member));
            }
        });
        onDelete(list, list.getSelectionModel(), this::askRemove);
        HBox bar = new HBox(8, addMember);
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
                () -> askRemove(member));
        remove.accessibleTextProperty()
                .bind(Bindings.createStringBinding(() -> texts.get("channels.removeMember", name.get()), name));
        HBox row = new HBox(8, label, remove);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void askRemove(UserId member) {
        sheet.confirm(
                texts.get("channels.removeMemberTitle"),
                texts.get(
                        "channels.askRemoveMember", console.names().user(member).get()),
                texts.get("channels.removeMemberTitle"),
                true,
                () -> model.removeMember(member));
    }

    /// Lets the Delete key act on what is selected in a list.
    private static <T> void onDelete(Control list, MultipleSelectionModel<T> selection, Consumer<T> action) {
        list.setOnKeyPressed(event -> {
            T selected = selection.getSelectedItem();
            if (event.getCode() == KeyCode.DELETE && selected != null) {
                event.consume();
                action.accept(selected);
            }
        });
    }

    /// Asks for a user by the beginning of their name.
    private void askMember() {
        ListView<User> found = new ListView<>();
        found.setId("member-found");
        found.setAccessibleText(texts.get("channels.searchMember"));
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
        // Enter is for the button that adds; the search runs by itself.
        search.setOnAction(null);
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
        table.number("messages.seq", 55, Message::seq);
        table.time("messages.at", Message::createdAt);
        table.name(
                "messages.sender",
                110,
                it -> console.names().user(it.senderId()),
                it -> it.senderId().value());
        table.word(
                "messages.status",
                90,
                it -> texts.get("messages.status." + it.deliveryStatus().wire()));
        TableViewSelectionModel<Message> selection = table.view().getSelectionModel();
        Button delete = Icons.button(
                "message-delete",
                Feather.TRASH_2,
                texts.get("messages.delete"),
                () -> Optional.ofNullable(selection.getSelectedItem()).ifPresent(this::askDeleteMessage));
        onDelete(table.view(), selection, this::askDeleteMessage);
        delete.getStyleClass().add(Styles.DANGER);
        delete.disableProperty().bind(Bindings.isEmpty(selection.getSelectedItems()));
        HBox bar = new HBox(8, delete);
        bar.setPadding(new Insets(10, 0, 10, 0));
        return new BorderPane(table, bar, null, null, null);
    }

    private void askDeleteMessage(Message message) {
        sheet.confirm(
                texts.get("messages.delete"),
                texts.get("messages.askDelete"),
                texts.get("messages.delete"),
                true,
                () -> model.deleteMessage(message));
    }
}
