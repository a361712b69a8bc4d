package storm.client.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import storm.client.StormClient;
import storm.client.channels.ChannelsCalls;
import storm.client.live.StormConnection;
import storm.client.users.UsersCalls;
import storm.protocol.channels.Channel;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.protocol.users.User;

/// A signed-in person's chat: reads lines, does what they say, shows what happens.
final class ChatSession {
    private static final int HISTORY = 20;
    private static final int MOST_CHANNELS = 1000;
    private static final long LAST_ACKS_SECONDS = 10;

    private final StormClient client;
    private final Screen screen;
    private final User self;
    private final Names names;
    private final Room room;
    private final Conversing conversing;
    private final Phaser unacked = new Phaser(1);

    ChatSession(StormClient client, Screen screen) {
        this.client = client;
        this.screen = screen;
        this.self = client.users().me();
        this.names = new Names(client.users());
        this.room = new Room(client, screen, names);
        this.conversing = new Conversing(client, screen, names, room, self.id());
        names.note(self);
    }

    /// Chats until the input ends or `/quit`.
    void run(Optional<String> firstChannel) throws InterruptedException {
        try (StormConnection connection = client.connect(conversing)) {
            conversing.await();
            screen.print("* hello " + self.username() + "; /help shows what you can do");
            if (firstChannel.isPresent()) {
                join(firstChannel.get());
            } else {
                listChannels();
            }
            while (client.isSignedIn()) {
                Optional<String> line = screen.readLine(prompt());
                if (line.isEmpty() || Command.parse(line.get()) instanceof Command.Quit) {
                    break;
                }
                try {
                    act(Command.parse(line.get()), connection);
                } catch (StormException e) {
                    screen.print("! " + sentence(e));
                }
            }
            awaitLastAcks();
        }
    }

    private String prompt() {
        return room.channel().map(now -> "#" + now.name()).orElse("(no channel)") + "> ";
    }

    private void act(Command command, StormConnection connection) {
        switch (command) {
            case Command.Say(String text) -> say(text, connection);
            case Command.ListChannels() -> listChannels();
            case Command.Join(String name) -> join(name);
            case Command.Create(String name, String about) -> {
                Channel made = client.channels().create(name, about.isEmpty() ? null : about);
                conversing.note(made.id(), made.name());
                room.enter(made, HISTORY);
            }
            case Command.Invite(String who) -> {
                UserId id = find(who);
                client.channels().addMember(here().id(), id);
                screen.print("* " + names.of(id) + " is in #" + here().name() + " now");
            }
            case Command.Members() -> {
                Channel now = client.channels().get(here().id());
                screen.print(
                        "* " + now.members().stream().map(names::of).sorted().collect(Collectors.joining(", ")));
            }
            case Command.Leave() -> {
                client.channels().removeMember(here().id(), self.id());
                screen.print("* you left #" + here().name());
                room.leave();
            }
            case Command.History(int count) -> room.repeatHistory(count);
            case Command.Me() -> screen.print("* " + self.username() + ", id " + self.id());
            case Command.Help() -> Command.HELP.lines().forEach(screen::print);
            case Command.Unclear(String why) -> screen.print("! " + why);
            case Command.Nothing(), Command.Quit() -> {
                // Nothing is to be done here.
            }
        }
    }

    private Channel here() {
        return room.channel()
                .orElseThrow(() -> new StormException(
                        ErrorCode.CONFLICT, "you are in no channel: /join NAME or /create NAME first"));
    }

    private void say(String text, StormConnection connection) {
        Channel channel = here();
        unacked.register();
        var _ = connection.send(channel.id(), text).whenComplete((_, failure) -> {
            unacked.arriveAndDeregister();
            if (failure != null) {
                screen.print("! not sent: " + sentence(failure));
            }
        });
    }

    private void awaitLastAcks() throws InterruptedException {
        try {
            unacked.awaitAdvanceInterruptibly(unacked.arrive(), LAST_ACKS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            screen.print("! the last lines may not have been sent");
        }
    }

    private List<Channel> channels() {
        List<Channel> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Channel> page = client.channels().list(ChannelsCalls.Filter.MINE, Page.MAX_LIMIT, cursor);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null && all.size() < MOST_CHANNELS);
        all.forEach(each -> conversing.note(each.id(), each.name()));
        return all;
    }

    private void listChannels() {
        List<Channel> channels = channels();
        if (channels.isEmpty()) {
            screen.print("* you are in no channel yet: /create NAME makes one");
        }
        for (Channel each : channels) {
            long unread = Optional.ofNullable(each.unreadCount()).orElse(0L);
            screen.print("* #" + each.name() + (unread > 0 ? " (" + unread + " new)" : "")
                    + (each.description().isBlank() ? "" : ": " + Screen.harmless(each.description())));
        }
    }

    private void join(String name) {
        Channel channel = channels().stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new StormException(
                        ErrorCode.NOT_FOUND,
                        "you are in no channel #" + name + ": /create it, or ask to be invited; see /me"));
        room.enter(channel, HISTORY);
    }

    /// Somebody by id or name. Names of strangers can be looked up by staff alone.
    private UserId find(String who) {
        if (who.matches("[0-9a-fA-F]{24}")) {
            return new UserId(who);
        }
        return names.find(who).orElseGet(() -> search(who));
    }

    private UserId search(String who) {
        try {
            return client.users().list(new UsersCalls.Filter(who, null, null), Page.MAX_LIMIT, null).items().stream()
                    .filter(user -> user.username().equalsIgnoreCase(who))
                    .findFirst()
                    .map(User::id)
                    .orElseThrow(() -> StormException.notFound(who));
        } catch (StormException e) {
            if (e.code() != ErrorCode.FORBIDDEN) {
                throw e;
            }
            throw new StormException(
                    ErrorCode.FORBIDDEN, "you have not met " + who + " yet: ask for their id, which /me shows them");
        }
    }

    private static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StormException storm ? Chat.sentence(storm) : "something went wrong in the chat";
    }
}
