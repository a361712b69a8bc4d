package storm.ws.channels;

import static java.lang.System.Logger.Level.WARNING;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storm.core.channelevents.ChannelFrame;
import storm.core.channelevents.Replay;
import storm.core.crypto.BrokenSealException;
import storm.core.signals.ChannelSignals.Signal;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent.ChannelResumed;
import storm.protocol.ids.ChannelId;
import storm.ws.channels.EventLog.Announced;
import storm.ws.connections.Connection;
import storm.ws.connections.Frame;
import storm.ws.connections.Mailbox;
import storm.ws.metrics.GatewayMetrics;

/// One channel with members connected here: it puts the channel's events in order and hands each to its subscribers.
///
/// Whatever touches the sequence runs in the feed's mailbox, one step at a time: a gap in one channel is filled from
/// the log before anything later goes out, and no other channel waits for it. An event is kept and announced in one
/// step and never below the newest, so a seq that neither came nor is kept is out of this gateway's reach (or was
/// never used); the subscribers are then told to page the history.
///
/// Thread-safe. The lock of `this` guards the subscriptions and the newest seq and is never held over a read of the
/// log.
final class ChannelFeed {
    private static final System.Logger LOG = System.getLogger(ChannelFeed.class.getName());
    private static final int MAX_WAITING = 4_096;
    private static final int MAX_WAITING_CHARS = 8 << 20;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /// So many events of a burst are handed out before their writers get the processor: several frames in a row to one
    /// socket cost the system much less than one each to many sockets.
    private static final int BURST = 8;

    /// How many events are read from the log at once.
    static final int PAGE = 200;

    private interface Step {
        void run() throws InterruptedException;
    }

    private final ChannelId channelId;
    private final EventLog log;
    private final TypingSigns typing;
    private final GatewayMetrics metrics;
    private final Mailbox<Step> mailbox;
    private final Map<Connection, Subscription> subscriptions = new LinkedHashMap<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    /// Events up to here were handed out, or were there before the feed.
    private long newest;
    /// Whether `newest` is known to be a seq in use, so that the next event must follow it.
    private boolean anchored;
    private long emptySince = System.nanoTime();
    private long archivedNanos;
    /// Of the feed's thread alone.
    private int handedOut;
    private volatile boolean archived;
    private volatile boolean overflown;

    ChannelFeed(ChannelId channelId, EventLog log, TypingSigns typing, GatewayMetrics metrics) {
        this.channelId = channelId;
        this.log = log;
        this.typing = typing;
        this.metrics = metrics;
        mailbox = new Mailbox<>("storm-ws-feed-" + channelId, MAX_WAITING, MAX_WAITING_CHARS, Step::run);
        mailbox.offer(this::start, 0);
    }

    ChannelId channelId() {
        return channelId;
    }

    /// Completes when the feed knows where it begins; fails when it is stopped before.
    CompletableFuture<Void> started() {
        return started;
    }

    boolean isArchived() {
        return archived;
    }

    /// The channel was archived or opened again.
    synchronized void archived(boolean now) {
        archived = now;
        archivedNanos = System.nanoTime();
    }

    /// The same from a snapshot, which may be older than what was heard since it was asked for.
    synchronized void archivedAsOf(long askedNanos, boolean then) {
        if (archivedNanos == 0 || askedNanos - archivedNanos > 0) {
            archived = then;
            archivedNanos = askedNanos;
        }
    }

    /// From now on the connection gets the channel's events.
    synchronized void join(Connection connection) {
        subscriptions.computeIfAbsent(connection, c -> new Subscription(c, newest));
    }

    synchronized void leave(Connection connection) {
        Subscription left = subscriptions.remove(connection);
        if (left != null) {
            left.end();
            emptySince = System.nanoTime();
        }
    }

    /// Since when nobody listens; negative if somebody does.
    synchronized long emptyNanos() {
        return subscriptions.isEmpty() ? System.nanoTime() - emptySince : -1;
    }

    synchronized List<Connection> members() {
        return new ArrayList<>(subscriptions.keySet());
    }

    synchronized Optional<Subscription> subscriptionOf(Connection connection) {
        return Optional.ofNullable(subscriptions.get(connection));
    }

    /// The seq after which the connection gets every event, if that is known: not while the log is empty.
    synchronized Optional<Long> joinedAt(Connection connection) {
        Subscription subscription = subscriptions.get(connection);
        return subscription == null || subscription.joinedAt() == 0
                ? Optional.empty()
                : Optional.of(subscription.joinedAt());
    }

    synchronized long newest() {
        return newest;
    }

    Replay readAfter(long seq) {
        return log.after(channelId, seq, PAGE);
    }

    private void announced(Announced announced) {
        switch (announced) {
            case Announced.Event event -> {
                if (!overflown
                        && !mailbox.offer(() -> take(event), event.message().length())) {
                    // Too far behind to keep all of them: once those here are handed out, the log has the rest.
                    overflown = true;
                    metrics.feedOverflows.increment();
                    mailbox.offerBeyond(() -> {
                        overflown = false;
                        readMissed();
                    });
                }
            }
            // One that finds no room is lost, as any may be.
            case Announced.Sign sign ->
                mailbox.offer(() -> pass(sign), sign.message().length());
        }
    }

    /// Reads from the log what may have been missed.
    void refill() {
        mailbox.offerBeyond(this::readMissed);
    }

    /// The log lost its data: begins anew where it stands now, and tells the subscribers to page.
    void logLost() {
        mailbox.offerBeyond(() -> {
            tellIncomplete(newest());
            begin();
        });
    }

    /// Sends a frame that is no part of the sequence, after the events that came before it.
    void signal(Frame frame, Predicate<Connection> to) {
        mailbox.offer(() -> send(frame, to), frame.bytes());
    }

    /// How many steps wait.
    int waiting() {
        return mailbox.size();
    }

    void stop() {
        mailbox.close();
        started.completeExceptionally(new StormException(ErrorCode.SERVICE_UNAVAILABLE, "the channel is closed"));
    }

    private void start() throws InterruptedException {
        untilReached(() -> {
            log.follow(channelId, this::announced);
            return true;
        });
        begin();
        started.complete(null);
    }

    private void begin() throws InterruptedException {
        long top = untilReached(() -> log.newest(channelId));
        synchronized (this) {
            newest = top;
            anchored = top > 0;
            subscriptions.values().forEach(subscription -> {
                if (subscription.isLive()) {
                    subscription.place(top);
                }
            });
        }
    }

    private void take(Announced.Event event) throws InterruptedException {
        long seq = event.seq();
        boolean gap;
        synchronized (this) {
            if (seq <= newest) {
                return;
            }
            gap = anchored && seq > newest + 1;
        }
        if (gap) {
            metrics.gaps.increment();
            readMissed();
        }
        if (seq > newest()) {
            handOut(seq, open(event), event.publishedNanos());
        }
    }

    private void pass(Announced.Sign sign) {
        try {
            Signal signal = log.open(channelId, sign);
            typing.passed(channelId, signal);
            send(Frame.of(signal.text()), connection -> !connection.userId().equals(signal.about()));
        } catch (BrokenSealException e) {
            LOG.log(WARNING, "a signal to channel {0} does not open", channelId);
        }
    }

    private void readMissed() throws InterruptedException {
        Replay page;
        do {
            long from = newest();
            page = untilReached(() -> readAfter(from));
            for (ChannelFrame event : page.frames()) {
                metrics.filled.increment();
                handOut(event.seq(), event.text(), 0);
            }
            handOut(page.upTo(), null, 0); // If the last of them did not open: it is told as missing.
        } while (page.more());
    }

    private @Nullable String open(Announced.Event event) {
        try {
            return log.open(channelId, event).text();
        } catch (BrokenSealException e) {
            LOG.log(WARNING, "event {0} of channel {1} does not open", event.seq(), channelId);
            return null;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Fairness alone hangs on the scheduler, nothing that must be so.
    private void handOut(long seq, @Nullable String text, long publishedNanos) throws InterruptedException {
        Optional<Connection> late = Optional.empty();
        synchronized (this) {
            if (seq <= newest) {
                return;
            }
            if (text == null) {
                tellIncomplete(seq);
            } else if (anchored && seq > newest + 1) {
                tellIncomplete(seq - 1);
            }
            newest = seq;
            anchored = true;
            if (text != null) {
                late = deliver(seq, Frame.published(text, publishedNanos));
            }
        }
        if (late.isPresent()) {
            late.get().awaitPace();
        } else if (++handedOut % BURST == 0) {
            // A long burst must not keep the writers of what it handed out from the processor.
            Thread.yield();
        }
    }

    /// Returns one to wait for before the next event, so that a burst larger than an outbox cuts nobody off who
    /// reads.
    ///
    /// If the most of those that read are behind, it is not they who are slow, but this gateway: the channel goes
    /// at their pace. For a few the others wait a while, until they have caught up; for those whose sockets take
    /// nothing, never.
    private Optional<Connection> deliver(long seq, Frame frame) {
        int sent = 0;
        int reading = 0;
        int behind = 0;
        Connection late = null;
        boolean worthIt = false;
        for (Subscription subscription : subscriptions.values()) {
            if (subscription.deliver(seq, frame)) {
                sent++;
                Connection connection = subscription.connection();
                switch (connection.pace()) {
                    case KEEPING_UP -> reading++;
                    case BEHIND -> {
                        reading++;
                        behind++;
                        if (!worthIt) {
                            late = connection;
                            worthIt = !connection.isPatienceSpent();
                        }
                    }
                    case STALLED -> {
                        // Nobody waits for it.
                    }
                }
            }
        }
        metrics.deliveries.add(sent);
        return worthIt || 2 * behind > reading ? Optional.ofNullable(late) : Optional.empty();
    }

    private void tellIncomplete(long upToSeq) {
        metrics.gapsUnfilled.increment();
        Frame frame = Frame.of(new ChannelResumed(channelId, upToSeq, false));
        forEach(subscription -> {
            if (subscription.isLive()) {
                subscription.connection().send(frame);
            }
        });
    }

    private void send(Frame frame, Predicate<Connection> to) {
        forEach(subscription -> {
            if (to.test(subscription.connection())) {
                subscription.connection().send(frame);
            }
        });
    }

    private synchronized void forEach(Consumer<Subscription> action) {
        subscriptions.values().forEach(action);
    }

    /// Asks the log until it answers: nothing later may go out before it did.
    private <T> T untilReached(Supplier<T> question) throws InterruptedException {
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                return question.get();
            } catch (StormException e) {
                metrics.logUnreachable.increment();
                Thread.sleep(pause);
            }
        }
    }
}
