package storm.ws.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import storm.core.channelevents.ChannelEvents;
import storm.core.channelevents.ChannelFrame;
import storm.core.channelevents.Replay;
import storm.core.signals.ChannelSignals;
import storm.core.signals.ChannelSignals.Signal;
import storm.protocol.ids.ChannelId;
import storm.ws.redis.Announcements;
import storm.ws.redis.Turns;

/// The event log in Redis: a stream of what is kept, a topic of what is announced.
@Singleton
class RedisEventLog implements EventLog {
    private final ChannelEvents events;
    private final ChannelSignals signals;
    private final Announcements announcements;
    private final Turns turns;
    private final Clock clock;

    @Inject
    RedisEventLog(ChannelEvents events, ChannelSignals signals, Announcements announcements, Turns turns, Clock clock) {
        this.events = events;
        this.signals = signals;
        this.announcements = announcements;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    public void follow(ChannelId channelId, Consumer<Announced> listener) {
        announcements.follow(
                ChannelEvents.topic(channelId),
                message -> listener.accept(
                        ChannelSignals.isSignal(message) ? new Announced.Sign(message) : event(message)));
    }

    private Announced.Event event(String message) {
        long micros = ChannelEvents.publishedMicros(message);
        long ageNanos = Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()) - micros) * 1_000;
        return new Announced.Event(
                ChannelEvents.seqOf(message), micros == 0 ? 0 : System.nanoTime() - ageNanos, message);
    }

    @Override
    public void unfollow(ChannelId channelId) {
        announcements.unfollow(ChannelEvents.topic(channelId));
    }

    @Override
    public long newest(ChannelId channelId) {
        return turns.command(() -> events.newest(channelId));
    }

    @Override
    public Replay after(ChannelId channelId, long seq, int limit) {
        return turns.command(() -> events.after(channelId, seq, limit));
    }

    @Override
    public ChannelFrame open(ChannelId channelId, Announced.Event event) {
        return events.open(channelId, event.message());
    }

    @Override
    public Signal open(ChannelId channelId, Announced.Sign sign) {
        return signals.open(channelId, sign.message());
    }
}
