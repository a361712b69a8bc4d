package storm.client.chat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storm.client.StormClient;
import storm.protocol.channels.Channel;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.messages.Message;

/// The channel one is in, and what of it has been shown. Thread-safe.
///
/// History and live events overlap: what happens while history loads waits behind it, and what history has shown is not
/// shown again.
final class Room {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

    private final StormClient client;
    private final Screen screen;
    private final Names names;
    private final List<ServerEvent.ChannelEvent> waiting = new ArrayList<>();
    private Optional<Channel> channel = Optional.empty();
    private boolean loading;
    private long shownSeq;

    Room(StormClient client, Screen screen, Names names) {
        this.client = client;
        this.screen = screen;
        this.names = names;
    }

    synchronized Optional<Channel> channel() {
        return channel;
    }

    synchronized boolean is(ChannelId id) {
        return channel.filter(now -> now.id().equals(id)).isPresent();
    }

    synchronized void leave() {
        channel = Optional.empty();
    }

    /// Enters a channel and shows its latest messages.
    void enter(Channel entered, int history) {
        synchronized (this) {
            channel = Optional.of(entered);
            shownSeq = 0;
        }
        screen.print("* #" + entered.name()
                + (entered.description().isBlank() ? "" : ": " + Screen.harmless(entered.description())));
        showHistory(history);
    }

    /// Shows the last messages that were not shown before.
    void showHistory(int count) {
        Channel of;
        synchronized (this) {
            if (channel.isEmpty()) {
                return;
            }
            of = channel.get();
            loading = true;
        }
        List<Message> messages = List.of();
        try {
            messages = client.messages()
                    .listWithContent(of.id(), Math.clamp(count, 1, 100), null)
                    .items();
        } catch (StormException e) {
            screen.print("! the history is out of reach: " + e.detail());
        }
        synchronized (this) {
            for (Message message : messages.reversed()) {
                if (message.seq() > shownSeq) {
                    shownSeq = message.seq();
                    String text = Optional.ofNullable(message.content()).orElse("(not readable)");
                    said(message.createdAt(), names.of(message.senderId()), text);
                }
            }
            loading = false;
            List<ServerEvent.ChannelEvent> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(this::show);
        }
    }

    /// Shows the last messages whether they were shown before or not.
    void repeatHistory(int count) {
        synchronized (this) {
            shownSeq = 0;
        }
        showHistory(count);
    }

    /// Shows an event of this channel.
    synchronized void show(ServerEvent.ChannelEvent event) {
        if (!is(event.channelId())) {
            return;
        }
        if (loading) {
            waiting.add(event);
            return;
        }
        if (event.seq() <= shownSeq) {
            return;
        }
        shownSeq = event.seq();
        switch (event) {
            case ServerEvent.MessageNew message ->
                said(message.serverTs(), names.of(message.senderId()), message.content());
            case ServerEvent.MessageEdited edited ->
                said(edited.editedAt(), names.of(edited.senderId()), "(edited) " + edited.content());
            case ServerEvent.MessageDeleted deleted ->
                screen.print("* " + names.of(deleted.deletedBy()) + " deleted a message");
        }
    }

    private void said(Instant at, String who, String text) {
        screen.print("[" + TIME.format(at) + "] " + Screen.harmless(who) + ": " + Screen.harmless(text));
    }
}
