package storm.client.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import storm.client.auth.Tokens;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ClientFrame;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.UserId;

/// What is said on a line from its first frame to its last: the state that outlives lines, and the reactions to
/// events.
///
/// One thread holds it; only who is watched is told from others.
final class Conversation {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
    private static final Duration RESUME_AGAIN = Duration.ofSeconds(15);
    /// A held token that lives this much longer than the line's is good enough to renew with.
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final ConnectionListener listener;
    private final Requests requests;
    private final Tokens tokens;
    private final LiveSettings settings;
    private final Positions positions = new Positions();
    private final Set<UserId> watched = new LinkedHashSet<>();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private boolean begun;
    private Optional<UserId> self = Optional.empty();
    private long resumeAtNanos;

    Conversation(ConnectionListener listener, Requests requests, Tokens tokens, LiveSettings settings) {
        this.listener = listener;
        this.requests = requests;
        this.tokens = tokens;
        this.settings = settings;
    }

    /// There is no line.
    void idle() {
        begun = false;
    }

    /// Whether the last line came as far as `connection.ready`.
    boolean begun() {
        return begun;
    }

    void watched(Collection<UserId> users) {
        synchronized (watched) {
            watched.addAll(users);
        }
    }

    void unwatched(Collection<UserId> users) {
        synchronized (watched) {
            watched.removeAll(users);
        }
    }

    /// Reads the line to its end.
    Line.Arrival.End hold(Line line) throws InterruptedException {
        Heartbeat heartbeat = new Heartbeat(settings, line.openedNanos());
        while (true) {
            Optional<Line.Arrival> arrival = line.take(untilNextDuty(heartbeat));
            long now = System.nanoTime();
            if (arrival.isPresent()) {
                switch (arrival.get()) {
                    case Line.Arrival.Frame(ServerFrame frame) -> heard(line, frame);
                    case Line.Arrival.End end -> {
                        return end;
                    }
                }
            }
            heartbeat.heard(line.heardNanos(), line.stirredNanos());
            if (heartbeat.isDead(now)) {
                return new Line.Arrival.End(Line.BROKEN, "the server does not answer");
            }
            if (heartbeat.isDue(now)) {
                heartbeat.sent(now);
                line.send(new ClientFrame("", new ClientEvent.Ping()).encode());
            }
            if (begun && positions.isResuming() && now - resumeAtNanos >= 0) {
                resume(line);
            }
        }
    }

    private Duration untilNextDuty(Heartbeat heartbeat) {
        long now = System.nanoTime();
        long wait = heartbeat.untilNext(now);
        if (begun && positions.isResuming()) {
            wait = Math.min(wait, resumeAtNanos - now);
        }
        return Duration.ofNanos(Math.max(wait, 0));
    }

    private void heard(Line line, ServerFrame frame) {
        switch (frame.event()) {
            case ServerEvent.ConnectionReady ready -> begin(line, ready);
            case ServerEvent.ChannelEvent event -> positions.accept(event).forEach(listener::event);
            case ServerEvent.ChannelResumed end -> {
                Positions.Resumed resumed = positions.resumed(end);
                resumed.missed().ifPresent(this::missed);
                resumed.events().forEach(listener::event);
            }
            case ServerEvent.Forbidden refusal -> {
                if (refusal.channelId() != null) {
                    positions.refused(refusal.channelId()).forEach(listener::event);
                }
                listener.event(refusal);
            }
            case ServerEvent.Unavailable unavailable -> {
                resumeAtNanos = System.nanoTime()
                        + Duration.ofSeconds(unavailable.retryAfter()).toNanos();
                listener.event(unavailable);
            }
            case ServerEvent.ChannelUpdated updated -> {
                listener.event(updated);
                if (endsMembership(updated)) {
                    positions.forget(updated.channelId());
                }
            }
            case ServerEvent.SessionExpiring expiring -> renew(expiring.expiresAt());
            case ServerEvent.SessionRenewed _, ServerEvent.Pong _, ServerEvent.MessageAck _ -> {
                // Said to this class alone.
            }
            case ServerEvent.MessageFailed _,
                    ServerEvent.MessageReceipt _,
                    ServerEvent.ChannelRead _,
                    ServerEvent.HistoryPage _,
                    ServerEvent.Typing _,
                    ServerEvent.PresenceSnapshot _,
                    ServerEvent.PresenceChanged _,
                    ServerEvent.RateLimited _,
                    ServerEvent.InvalidPayload _ -> listener.event(frame.event());
        }
    }

    private boolean endsMembership(ServerEvent.ChannelUpdated updated) {
        boolean ours = self.equals(Optional.ofNullable(updated.userId()));
        return updated.change() == ChannelChange.DELETED || (ours && updated.change() == ChannelChange.MEMBER_REMOVED);
    }

    private void begin(Line line, ServerEvent.ConnectionReady ready) {
        begun = true;
        self = Optional.of(ready.userId());
        List<Positions.Missed> missed = positions.begin(ready);
        requests.attach(line);
        resume(line);
        for (ClientEvent.PresenceSubscribe frame : watching()) {
            line.send(new ClientFrame("", frame).encode());
        }
        listener.ready(ready);
        missed.forEach(this::missed);
    }

    private void resume(Line line) {
        resumeAtNanos = System.nanoTime() + RESUME_AGAIN.toNanos();
        for (ClientEvent.ChannelResume frame : positions.toResume()) {
            line.send(new ClientFrame("", frame).encode());
        }
    }

    private List<ClientEvent.PresenceSubscribe> watching() {
        List<UserId> users;
        synchronized (watched) {
            users = List.copyOf(watched);
        }
        List<ClientEvent.PresenceSubscribe> frames = new ArrayList<>();
        for (int from = 0; from < users.size(); from += ClientEvent.PresenceSubscribe.MAX) {
            frames.add(new ClientEvent.PresenceSubscribe(
                    users.subList(from, Math.min(from + ClientEvent.PresenceSubscribe.MAX, users.size()))));
        }
        return frames;
    }

    private void missed(Positions.Missed missed) {
        listener.missed(missed.channel(), missed.afterSeq(), missed.upToSeq());
    }

    /// Renews the session on a thread of its own, one at a time: it asks the REST interface, which takes a while.
    private void renew(Instant ends) {
        if (!renewing.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("storm-renewal").start(() -> {
            try {
                String token = tokens.access();
                boolean fresh = tokens.accessEnds()
                        .filter(end -> end.isAfter(ends.plus(FRESH)))
                        .isPresent();
                requests.tell(new ClientEvent.SessionRenew(fresh ? token : tokens.newerThan(token)));
            } catch (StormException e) {
                // The server will close the line when the token ends; that is dealt with there.
                LOG.log(System.Logger.Level.DEBUG, "could not renew the session: {0}", e.code());
            } finally {
                renewing.set(false);
            }
        });
    }
}
