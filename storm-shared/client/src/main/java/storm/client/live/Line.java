package storm.client.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.CloseCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;

/// One physical WebSocket: whole frames in, whole frames out, and how it ended.
///
/// Reading is paced by credit: the JDK reads a frame only when asked for, and it is asked for one more with each that
/// the reader takes, so the inbox never holds more than its bound. Writing is serialised through a bounded outbox, as
/// the JDK refuses a second send while one is under way. Sending is thread-safe; only one thread may take.
///
/// A frame is decoded on a thread of its own, not in `onText`: the JDK loses the end of a connection that breaks while
/// `onText` runs (its `onComplete` then fails on a demand that is used up), so that has to be short.
final class Line implements WebSocket.Listener {
    /// What a line brings.
    sealed interface Arrival {
        record Frame(ServerFrame frame) implements Arrival {}

        /// The last of a line.
        ///
        /// @param code 1006 if it broke without a close frame
        record End(int code, String reason) implements Arrival {}
    }

    private sealed interface Received {
        record Text(String text) implements Received {}

        record Last(Arrival.End end) implements Received {}
    }

    static final int BROKEN = 1006;
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final int MAX_FRAME = 4 << 20;
    private static final int MAX_OUTBOX = 4096;

    private final Predicate<ServerFrame> answers;
    private final int credit;
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final ArrayDeque<String> outbox = new ArrayDeque<>();
    private boolean sending;
    private volatile @Nullable WebSocket socket;
    private volatile long openedNanos;
    private volatile long heardNanos;
    private volatile long stirredNanos;

    private Line(Predicate<ServerFrame> answers, int credit) {
        this.answers = answers;
        this.credit = credit;
    }

    /// Opens a socket.
    ///
    /// @param answers takes the frames that answer a request, at once; says no to the rest
    static Line open(HttpClient http, URI address, Predicate<ServerFrame> answers, int inbox)
            throws InterruptedException {
        Line line = new Line(answers, inbox);
        CompletableFuture<WebSocket> opening =
                http.newWebSocketBuilder().connectTimeout(HANDSHAKE).buildAsync(address, line);
        try {
            line.socket = opening.get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
            line.openedNanos = System.nanoTime();
            line.heardNanos = line.openedNanos - 1;
            line.stirredNanos = line.openedNanos - 1;
            Thread.ofVirtual().name("storm-frames").start(line::decode);
            return line;
        } catch (ExecutionException e) {
            throw StormException.unavailable("the live connection", Duration.ofSeconds(1), e.getCause());
        } catch (InterruptedException e) {
            var _ = opening.thenAccept(WebSocket::abort);
            throw e;
        } catch (TimeoutException e) {
            var _ = opening.thenAccept(WebSocket::abort);
            throw StormException.unavailable("the live connection", Duration.ofSeconds(1), e);
        }
    }

    /// The next arrival, or nothing within the time.
    Optional<Arrival> take(Duration wait) throws InterruptedException {
        Arrival arrival = inbox.poll(Math.max(wait.toNanos(), 0), TimeUnit.NANOSECONDS);
        if (arrival instanceof Arrival.Frame) {
            read();
        }
        return Optional.ofNullable(arrival);
    }

    /// When the line was opened, before any frame was read.
    long openedNanos() {
        return openedNanos;
    }

    /// When a frame came last.
    long heardNanos() {
        return heardNanos;
    }

    /// When a frame other than `pong` came last.
    long stirredNanos() {
        return stirredNanos;
    }

    /// Puts a frame into the outbox; says no if the line is at its end.
    boolean send(String frame) {
        synchronized (outbox) {
            if (outbox.size() >= MAX_OUTBOX) {
                return false;
            }
            outbox.add(frame);
            if (sending) {
                return true;
            }
            sending = true;
        }
        drain();
        return true;
    }

    /// Sends what is in the outbox until a send does not end at once; its end then goes on here.
    private void drain() {
        while (true) {
            String frame;
            synchronized (outbox) {
                frame = outbox.poll();
                if (frame == null) {
                    sending = false;
                    return;
                }
            }
            WebSocket to = socket;
            CompletableFuture<?> sent = to == null
                    ? CompletableFuture.failedFuture(new IllegalStateException("not open"))
                    : to.sendText(frame, true);
            if (!sent.isDone()) {
                var _ = sent.whenComplete((_, failure) -> goOn(failure));
                return;
            }
            if (sent.isCompletedExceptionally()) {
                goOn(sent.exceptionNow());
                return;
            }
        }
    }

    private void goOn(@Nullable Throwable failure) {
        if (failure == null) {
            drain();
        } else {
            // The outbox stays marked as sending: nothing more goes out on a broken line.
            end(BROKEN, reason(failure));
        }
    }

    /// Says goodbye and ends the line, waiting for the server's goodbye no longer than given.
    void close(Duration wait) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        try {
            open.sendClose(CloseCode.NORMAL.code(), CloseCode.NORMAL.reason())
                    .orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            // Nobody is there to say goodbye to.
        }
        abort();
    }

    /// Ends the line at once.
    void abort() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end(BROKEN, "aborted");
    }

    private void read() {
        WebSocket open = socket;
        if (open != null) {
            open.request(1);
        }
    }

    private void end(int code, String reason) {
        received.add(new Received.Last(new Arrival.End(code, reason)));
    }

    /// Reads what was received, on a thread of its own until the end.
    private void decode() {
        try {
            while (true) {
                switch (received.take()) {
                    case Received.Text(String text) -> decode(text);
                    case Received.Last(Arrival.End end) -> {
                        inbox.add(end);
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            inbox.add(new Arrival.End(BROKEN, "interrupted"));
        }
    }

    private void decode(String text) {
        try {
            Optional<ServerFrame> decoded = ServerFrame.decode(text);
            heardNanos = System.nanoTime();
            if (decoded.isEmpty() || !(decoded.get().event() instanceof ServerEvent.Pong)) {
                stirredNanos = heardNanos;
            }
            decoded.filter(frame -> !answers.test(frame))
                    .ifPresentOrElse(frame -> inbox.add(new Arrival.Frame(frame)), this::read);
        } catch (StormException e) {
            // A server that does not speak the protocol: the connection is of no use.
            end(BROKEN, "the server sent what is no frame");
            abort();
        }
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(credit);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (partial.length() > MAX_FRAME) {
            end(CloseCode.TOO_BIG.code(), CloseCode.TOO_BIG.reason());
            from.abort();
            return null;
        }
        if (!last) {
            from.request(1);
            return null;
        }
        received.add(new Received.Text(partial.toString()));
        partial.setLength(0);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        end(BROKEN, reason(failure));
    }
}
