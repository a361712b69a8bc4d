package storm.ws.connections;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import storm.core.sessions.Verified;
import storm.protocol.errors.CloseCode;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.UserId;

/// One socket of a client, from the upgrade to its end.
///
/// What the client says waits in the inbox and is handled in order by one virtual thread; what it is told waits in
/// the outbox and is written by another. Neither ever blocks the thread that offers. Thread-safe.
public final class Connection {
    /// What the connection does next for its client; may block.
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /// How a client keeps up: with room in its outbox, with little but reading, or not reading.
    public enum Pace {
        KEEPING_UP,
        BEHIND,
        STALLED
    }

    private static final long MOMENT_MILLIS = 50;
    private static final long STALLED_MILLIS = 250;

    /// How long others wait for a client, all in all, until it has caught up.
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String PROCESS =
            Long.toHexString(ThreadLocalRandom.current().nextLong());

    private final String id = PROCESS + "-" + NUMBERS.incrementAndGet();
    private final String address;
    private final Mailbox<Work> inbox;
    private final Outbox outbox;
    private final SlidingWindow frames;
    private final SlidingWindow sends;
    private final SlidingWindow faults;
    private final BiConsumer<Connection, CloseCode> onClosed;
    private final AtomicReference<@Nullable CloseCode> closedWith = new AtomicReference<>();
    private final AtomicBoolean forced = new AtomicBoolean();
    private final long openedNanos = System.nanoTime();
    /// Absent while the connection waits for its turn to be checked.
    private volatile @Nullable Long checkNanos;

    private volatile @Nullable Verified token;
    private volatile long lastHeardNanos = openedNanos;
    private final AtomicLong waitedForNanos = new AtomicLong();
    private volatile long closedNanos;
    private volatile boolean ready;
    private volatile boolean warnedOfExpiry;

    /// @param delivered told of each measured frame how many nanoseconds it took from being published to its writing
    /// @param onClosed called once, when the connection begins to end, with what it ends
    public Connection(
            String address,
            Socket socket,
            ConnectionLimits limits,
            LongConsumer delivered,
            BiConsumer<Connection, CloseCode> onClosed) {
        this.address = address;
        this.onClosed = onClosed;
        inbox = new Mailbox<>("storm-ws-in-" + id, limits.inboxFrames(), limits.inboxBytes(), Work::run);
        frames = new SlidingWindow(limits.framesPerMinute());
        sends = new SlidingWindow(limits.messagesPerMinute());
        faults = new SlidingWindow(limits.faultsPerMinute() - 1);
        outbox = new Outbox(
                "storm-ws-out-" + id,
                limits.outboxFrames(),
                limits.outboxBytes(),
                socket,
                delivered,
                () -> ended(CloseCode.NORMAL));
    }

    /// Unique among all connections of all gateways.
    public String id() {
        return id;
    }

    /// Where the client connects from.
    public String address() {
        return address;
    }

    /// Whose connection it is.
    ///
    /// @throws IllegalStateException before it is known
    public Verified token() {
        Verified known = token;
        if (known == null) {
            throw new IllegalStateException("not authenticated yet");
        }
        return known;
    }

    public UserId userId() {
        return token().userId();
    }

    public void beginCheck() {
        checkNanos = System.nanoTime();
    }

    /// How long the check has been under way.
    public Duration checkTime() {
        Long begun = checkNanos;
        return begun == null ? Duration.ZERO : since(begun);
    }

    public boolean isAuthenticated() {
        return token != null;
    }

    /// The token that the connection lives by from now on.
    public void authenticate(Verified verified) {
        token = verified;
        warnedOfExpiry = false;
    }

    /// Queues work in the order of the client's frames.
    ///
    /// @param budget what all clients' frames may take together
    /// @return false if the client is too far ahead, or all are
    public boolean enqueue(int bytes, Budget budget, Work work) {
        return inbox.offer(work, bytes, budget);
    }

    /// How many of the client's frames wait to be handled.
    public int inboxSize() {
        return inbox.size();
    }

    /// Counts a frame of the client; false if there were too many in the last minute. Called by one thread at a time.
    public boolean heard(long nowMillis) {
        lastHeardNanos = System.nanoTime();
        return frames.tryAdd(nowMillis);
    }

    /// Counts a message; false if there were too many in the last minute. For the inbox's thread alone.
    public boolean countSend(long nowMillis) {
        return sends.tryAdd(nowMillis);
    }

    /// Seconds until [#countSend] has room. For the inbox's thread alone.
    public int sendRetryAfter(long nowMillis) {
        return sends.retryAfter(nowMillis);
    }

    /// Counts an invalid or forbidden event; false if it was one too many. For the inbox's thread alone.
    public boolean countFault(long nowMillis) {
        return faults.tryAdd(nowMillis);
    }

    /// Lets the outbox go, this event first.
    public void open(ServerEvent first) {
        ready = true;
        outbox.open(Frame.of(first));
    }

    public boolean isReady() {
        return ready;
    }

    /// Tells what the server starts itself.
    public void send(ServerEvent event) {
        send(Frame.of(event));
    }

    /// Answers a frame of the client.
    public void answer(String requestId, ServerEvent event) {
        send(Frame.of(requestId, event));
    }

    /// Puts a frame into the outbox; a connection whose outbox is full is cut off.
    public void send(Frame frame) {
        if (!outbox.offer(frame) && !isClosing()) {
            cut(CloseCode.SLOW_CONSUMER);
        }
    }

    /// Answers with a frame that may be large, when the client has read what was before it. For the inbox's thread.
    ///
    /// @param budget what such answers of all clients may take together
    /// @return false if there is no room in the budget
    public boolean answer(String requestId, ServerEvent event, Budget budget, Duration longest)
            throws InterruptedException {
        Frame frame = Frame.of(requestId, event);
        return !awaitRoom(longest, frame.bytes()) || outbox.offer(frame, budget) || isClosing();
    }

    /// Blocks the caller until the outbox has room again, and cuts the connection off if that takes too long.
    ///
    /// @return whether the connection is still there
    public boolean awaitRoom(Duration longest) throws InterruptedException {
        return awaitRoom(longest, 0);
    }

    private boolean awaitRoom(Duration longest, int bytes) throws InterruptedException {
        if (outbox.awaitRoom(longest.toMillis(), bytes)) {
            return true;
        }
        if (!isClosing()) {
            cut(CloseCode.SLOW_CONSUMER);
        }
        return false;
    }

    /// How the client keeps up with what it is told.
    public Pace pace() {
        if (!outbox.isCrowded()) {
            if (waitedForNanos.get() != 0 && outbox.size() <= 1) {
                waitedForNanos.set(0);
            }
            return Pace.KEEPING_UP;
        }
        return outbox.stalledMillis() > STALLED_MILLIS ? Pace.STALLED : Pace.BEHIND;
    }

    /// Whether others have waited for this client as long as they should.
    public boolean isPatienceSpent() {
        return waitedForNanos.get() > PATIENCE_NANOS;
    }

    /// Blocks the caller until the outbox has room again, for a moment at most.
    public void awaitPace() throws InterruptedException {
        long begun = System.nanoTime();
        var _ = outbox.awaitRoom(MOMENT_MILLIS, 0);
        waitedForNanos.addAndGet(System.nanoTime() - begun);
    }

    /// Writes what waits, then closes.
    public void close(CloseCode code) {
        if (ended(code)) {
            outbox.finish(code);
        }
    }

    /// Closes after the frame that is being written; what waits is dropped.
    public void cut(CloseCode code) {
        if (ended(code)) {
            outbox.cut(code);
        }
    }

    /// Stops waiting for a close that hangs: interrupts the write and closes by another thread.
    public void force() {
        CloseCode code = closedWith.get();
        if (code != null && forced.compareAndSet(false, true)) {
            outbox.abort(code);
        }
    }

    /// The container says that the socket is gone.
    public void gone() {
        ended(CloseCode.NORMAL);
        outbox.discard();
    }

    public boolean isClosing() {
        return closedWith.get() != null;
    }

    /// How long ago the end began.
    public Duration closingFor() {
        return isClosing() ? since(closedNanos) : Duration.ZERO;
    }

    public Duration age() {
        return since(openedNanos);
    }

    /// How long nothing was heard of the client.
    public Duration silence() {
        return since(lastHeardNanos);
    }

    /// How long the client has not taken the frame that is being written.
    public Duration stalled() {
        return Duration.ofMillis(outbox.stalledMillis());
    }

    /// Whether there is nothing more to wait for: the socket was told to close long enough ago for its peer to answer.
    public boolean isSettled(Duration longEnough) {
        return outbox.finishedMillis() > longEnough.toMillis();
    }

    public int outboxSize() {
        return outbox.size();
    }

    /// Whether the warning of the token's end is due for the first time with this token.
    public boolean warnOnce() {
        if (warnedOfExpiry) {
            return false;
        }
        warnedOfExpiry = true;
        return true;
    }

    private boolean ended(CloseCode code) {
        if (!closedWith.compareAndSet(null, code)) {
            return false;
        }
        closedNanos = System.nanoTime();
        // Not interrupted: that would cost the pooled Redis connection it may be using.
        inbox.stop();
        onClosed.accept(this, code);
        return true;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public String toString() {
        return "Connection[" + id + "]";
    }
}
