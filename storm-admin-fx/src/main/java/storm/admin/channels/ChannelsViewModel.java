package storm.admin.channels;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import storm.admin.ui.Console;
import storm.admin.ui.Rows;
import storm.client.channels.ChannelsCalls;
import storm.client.users.UsersCalls;
import storm.protocol.channels.Channel;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.ids.UserId;
import storm.protocol.messages.Message;
import storm.protocol.users.Permission;
import storm.protocol.users.User;

/// Channels by search and filter; of the selected one its members and latest messages, and what may be done to it.
public final class ChannelsViewModel {
    private static final int FOUND = 8;
    private static final Duration DELETION = Duration.ofSeconds(1);

    private final Console console;
    private final Rows<Channel> rows;
    private final Rows<Message> messages;
    private final ObservableList<UserId> members = FXCollections.observableArrayList();
    private final StringProperty search = new SimpleStringProperty("");
    private final BooleanProperty archivedToo = new SimpleBooleanProperty();
    private final ObjectProperty<Optional<Channel>> selected = new SimpleObjectProperty<>(Optional.empty());

    public ChannelsViewModel(Console console) {
        this.console = console;
        this.rows = new Rows<>(console.work(), console.texts());
        this.messages = new Rows<>(console.work(), console.texts());
        archivedToo.addListener((_, _, _) -> refresh());
        selected.addListener((_, before, now) -> {
            members.setAll(now.map(Channel::members).orElse(List.of()));
            if (!before.map(Channel::id).equals(now.map(Channel::id))) {
                showMessages();
            }
        });
    }

    public Rows<Channel> rows() {
        return rows;
    }

    /// The latest messages of the selected channel, without their texts.
    public Rows<Message> messages() {
        return messages;
    }

    public ObservableList<UserId> members() {
        return members;
    }

    public StringProperty search() {
        return search;
    }

    public BooleanProperty archivedToo() {
        return archivedToo;
    }

    public ObjectProperty<Optional<Channel>> selected() {
        return selected;
    }

    public boolean mayDelete() {
        return selected.get().isPresent() && console.me().role().may(Permission.CHANNEL_DELETE);
    }

    public void refresh() {
        String text = search.get().strip();
        ChannelsCalls.Filter filter = new ChannelsCalls.Filter(text.isEmpty() ? null : text, true, archivedToo.get());
        rows.show((limit, cursor) -> console.client().channels().list(filter, limit, cursor));
    }

    public void create(String name, String description) {
        console.act(
                () -> console.client().channels().create(name.strip(), blankToAbsent(description)),
                console.texts().get("channels.created", name.strip()),
                this::refresh);
    }

    public void edit(String name, String description) {
        change(
                new UpdateChannelRequest(name.strip(), description.strip(), null),
                console.texts().get("channels.saved", name.strip()));
    }

    public void archive(boolean archived) {
        selected.get()
                .ifPresent(it -> change(
                        new UpdateChannelRequest(null, null, archived),
                        console.texts().get(archived ? "channels.archivedNow" : "channels.unarchivedNow", it.name())));
    }

    public void delete() {
        selected.get()
                .ifPresent(it -> console.act(
                        () -> {
                            console.client().channels().delete(it.id());
                            return it;
                        },
                        console.texts().get("channels.deleted", it.name()),
                        () -> {
                            selected.set(Optional.empty());
                            refresh();
                        }));
    }

    public void addMember(User user) {
        selected.get()
                .ifPresent(it -> doToSelected(
                        () -> console.client().channels().addMember(it.id(), user.id()),
                        console.texts().get("channels.memberAdded", user.username())));
    }

    public void removeMember(UserId member) {
        selected.get()
                .ifPresent(it -> doToSelected(
                        () -> {
                            console.client().channels().removeMember(it.id(), member);
                            return console.client().channels().get(it.id());
                        },
                        console.texts()
                                .get(
                                        "channels.memberRemoved",
                                        console.names().user(member).get())));
    }

    public void deleteMessage(Message message) {
        console.act(
                () -> {
                    console.client().messages().delete(message.channelId(), message.messageId());
                    return message;
                },
                console.texts().get("channels.messageDeleted"),
                // The worker does it in a moment.
                () -> console.work().later(DELETION, messages::reload));
    }

    /// Active users whose name begins so, for adding one.
    public void findUsers(String prefix, Consumer<List<User>> found) {
        if (prefix.isBlank()) {
            found.accept(List.of());
            return;
        }
        UsersCalls.Filter filter = new UsersCalls.Filter(prefix.strip(), null, true);
        console.work()
                .run(
                        () -> console.client().users().list(filter, FOUND, null).items(),
                        found,
                        e -> console.complain().accept(console.texts().failure(e)));
    }

    private void change(UpdateChannelRequest change, String done) {
        selected.get()
                .ifPresent(it -> doToSelected(() -> console.client().channels().update(it.id(), change), done));
    }

    private void doToSelected(Callable<Channel> call, String done) {
        console.work()
                .run(
                        call,
                        changed -> {
                            console.say().accept(done);
                            selected.set(Optional.of(changed));
                            refresh();
                        },
                        e -> console.complain().accept(console.texts().failure(e)));
    }

    private void showMessages() {
        messages.clear();
        selected.get()
                .ifPresent(it -> messages.show(
                        (limit, cursor) -> console.client().messages().list(it.id(), limit, cursor)));
    }

    private static @org.jspecify.annotations.Nullable String blankToAbsent(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
