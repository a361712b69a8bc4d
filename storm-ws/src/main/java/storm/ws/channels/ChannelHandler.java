package storm.ws.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import storm.core.queries.Queries;
import storm.core.queries.Query;
import storm.core.signals.ChannelSignals;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent.ChannelRead;
import storm.protocol.events.ServerEvent.Typing;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.ws.connections.Connection;
import storm.ws.connections.Forbidden;
import storm.ws.connections.Frame;
import storm.ws.redis.Turns;

/// `channel.resume`, `channel.read`, `typing.start` and `typing.stop`.
@Singleton
public class ChannelHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TYPING_PAUSE = Duration.ofSeconds(1);

    private final Channels channels;
    private final Queries queries;
    private final TypingSigns signs;
    private final ChannelSignals signals;
    private final Turns turns;
    private final Map<TypingSigns.Sign, Passed> typing = new ConcurrentHashMap<>();

    /// The last sign of typing that was passed on, and whether it still holds.
    private record Passed(long atNanos, boolean active) {}

    @Inject
    public ChannelHandler(Channels channels, Queries queries, TypingSigns signs, ChannelSignals signals, Turns turns) {
        this.channels = channels;
        this.queries = queries;
        this.signs = signs;
        this.signals = signals;
        this.turns = turns;
    }

    /// Sends what was missed in each channel.
    ///
    /// @throws storm.protocol.errors.StormException FORBIDDEN after those that are allowed, SERVICE_UNAVAILABLE
    public void resume(Connection connection, String requestId, ClientEvent.ChannelResume resume)
            throws InterruptedException {
        ChannelId refused = null;
        for (ClientEvent.ChannelResume.Position position : resume.channels()) {
            if (!channels.resume(connection, requestId, position)) {
                refused = position.channelId();
            }
        }
        if (refused != null) {
            throw Forbidden.in(refused);
        }
    }

    /// Moves the user's read marker and tells the other members.
    ///
    /// @throws storm.protocol.errors.StormException FORBIDDEN, SERVICE_UNAVAILABLE
    public void read(Connection connection, ClientEvent.ChannelRead read) {
        ChannelId channelId = read.channelId();
        if (!channels.isMember(connection, channelId)) {
            throw Forbidden.in(channelId);
        }
        UserId userId = connection.userId();
        Query.ReadQuery query = new Query.ReadQuery(userId, channelId, read.seq());
        long marked = turns.question(() -> queries.ask(query, PATIENCE)).seq();
        turns.command(() -> {
            signals.publish(channelId, userId, new ChannelRead(channelId, userId, marked));
            return true;
        });
    }

    /// Passes on that the user is typing, or is no more.
    ///
    /// @throws storm.protocol.errors.StormException FORBIDDEN, SERVICE_UNAVAILABLE
    public void typing(Connection connection, ChannelId channelId, boolean active) {
        if (!channels.isMember(connection, channelId)) {
            throw Forbidden.in(channelId);
        }
        UserId userId = connection.userId();
        TypingSigns.Sign sign = new TypingSigns.Sign(channelId, userId);
        if (active ? !begins(sign) : !ends(sign)) {
            return;
        }
        turns.command(() -> {
            signals.publish(channelId, userId, new Typing(channelId, userId, active));
            return true;
        });
    }

    /// Ends the typing of those who said nothing more, and forgets who may type again.
    public void sweep() {
        for (TypingSigns.Sign sign : signs.lapsed()) {
            Frame frame = Frame.of(new Typing(sign.channelId(), sign.userId(), false));
            channels.signal(
                    sign.channelId(), frame, connection -> !connection.userId().equals(sign.userId()));
        }
        long now = System.nanoTime();
        typing.values().removeIf(passed -> now - passed.atNanos() > TypingSigns.LIFETIME.toNanos());
    }

    /// Whether a beginning is to be passed on: one a second, however often it ends in between.
    private boolean begins(TypingSigns.Sign sign) {
        long now = System.nanoTime();
        Passed last = typing.get(sign);
        if (last != null && now - last.atNanos() < TYPING_PAUSE.toNanos()) {
            return false;
        }
        typing.put(sign, new Passed(now, true));
        return true;
    }

    private boolean ends(TypingSigns.Sign sign) {
        Passed last = typing.get(sign);
        return last != null && last.active() && typing.replace(sign, last, new Passed(last.atNanos(), false));
    }
}
