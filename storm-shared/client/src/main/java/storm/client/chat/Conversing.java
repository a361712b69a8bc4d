package storm.client.chat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import storm.client.StormClient;
import storm.client.live.ConnectionListener;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// Shows what a live connection brings.
final class Conversing implements ConnectionListener {
    private final StormClient client;
    private final Screen screen;
    private final Names names;
    private final Room room;
    private final UserId self;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Map<ChannelId, String> channelNames = new ConcurrentHashMap<>();
    private volatile boolean interrupted;
    private volatile Optional<StormException> end = Optional.empty();

    Conversing(StormClient client, Screen screen, Names names, Room room, UserId self) {
        this.client = client;
        this.screen = screen;
        this.names = names;
        this.room = room;
        this.self = self;
    }

    /// Waits until the connection stood once, or ended.
    void await() throws InterruptedException {
        ready.await();
        if (end.isPresent()) {
            throw end.get();
        }
    }

    void note(ChannelId id, String name) {
        channelNames.put(id, name);
    }

    @Override
    public void ready(ServerEvent.ConnectionReady now) {
        if (interrupted) {
            screen.print("* connected again");
        }
        interrupted = false;
        ready.countDown();
    }

    @Override
    public void interrupted(String reason, Duration retryIn) {
        if (!interrupted) {
            screen.print("* not connected (" + reason + "); trying again");
        }
        interrupted = true;
    }

    @Override
    public void stopped(StormException reason) {
        end = Optional.of(reason);
        ready.countDown();
        screen.print("! " + reason.detail());
    }

    @Override
    public void missed(ChannelId channel, long afterSeq, long upToSeq) {
        if (room.is(channel)) {
            room.showHistory(100);
        }
    }

    @Override
    public void event(ServerEvent event) {
        switch (event) {
            case ServerEvent.ChannelEvent said -> heard(said);
            case ServerEvent.ChannelUpdated updated -> changed(updated);
            case ServerEvent.MessageFailed failed -> screen.print("! not delivered: " + failed.reason());
            case ServerEvent.InvalidPayload invalid -> screen.print("! " + invalid.message());
            case ServerEvent.ConnectionReady _,
                    ServerEvent.MessageAck _,
                    ServerEvent.MessageReceipt _,
                    ServerEvent.ChannelResumed _,
                    ServerEvent.ChannelRead _,
                    ServerEvent.HistoryPage _,
                    ServerEvent.Typing _,
                    ServerEvent.PresenceSnapshot _,
                    ServerEvent.PresenceChanged _,
                    ServerEvent.SessionExpiring _,
                    ServerEvent.SessionRenewed _,
                    ServerEvent.Pong _,
                    ServerEvent.RateLimited _,
                    ServerEvent.Forbidden _,
                    ServerEvent.Unavailable _ -> {
                // Nothing to show: refusals are told by the send that was refused.
            }
        }
    }

    private void heard(ServerEvent.ChannelEvent said) {
        if (room.is(said.channelId())) {
            room.show(said);
        } else if (said instanceof ServerEvent.MessageNew message) {
            screen.print("(#" + nameOf(said.channelId()) + ") " + Screen.harmless(names.of(message.senderId())) + ": "
                    + Screen.harmless(message.content()));
        }
    }

    private void changed(ServerEvent.ChannelUpdated updated) {
        boolean ours =
                Optional.ofNullable(updated.userId()).filter(self::equals).isPresent();
        if (ours && updated.change() == ChannelChange.MEMBER_ADDED) {
            String name = nameOf(updated.channelId());
            screen.print("* you are in #" + name + " now: /join " + name);
        } else if (room.is(updated.channelId())) {
            inRoom(updated, ours);
        }
    }

    private void inRoom(ServerEvent.ChannelUpdated updated, boolean ours) {
        Consumer<String> tell = what -> screen.print("* " + what);
        String who = Optional.ofNullable(updated.userId()).map(names::of).orElse("somebody");
        switch (updated.change()) {
            case MEMBER_ADDED -> tell.accept(who + " came in");
            case MEMBER_REMOVED -> {
                tell.accept(ours ? "you are not in this channel any more" : who + " left");
                if (ours) {
                    room.leave();
                }
            }
            case ARCHIVED -> tell.accept("the channel was archived: it can be read, not written to");
            case UNARCHIVED -> tell.accept("the channel can be written to again");
            case DELETED -> {
                tell.accept("the channel was deleted");
                room.leave();
            }
            case CREATED, UPDATED -> channelNames.remove(updated.channelId());
        }
    }

    private String nameOf(ChannelId id) {
        String known = channelNames.get(id);
        if (known != null) {
            return known;
        }
        try {
            String name = client.channels().get(id).name();
            note(id, name);
            return name;
        } catch (StormException e) {
            // Shown by its id: the message matters more than the name.
            return id.value();
        }
    }
}
