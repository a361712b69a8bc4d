package storm.client.live;

import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import storm.client.auth.Tokens;
import storm.protocol.errors.CloseCode;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// A live connection to Storm that keeps itself open: it reconnects with backoff, renews its session, resumes every
/// channel where it was, and sends again, under the same id, what was not acked.
///
/// Thread-safe. One virtual thread of its own reads and calls the listener; [#close] ends it.
public final class StormConnection implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final int MOST_REFUSALS = 3;

    private final HttpClient http;
    private final Admission admission;
    private final Tokens tokens;
    private final LiveSettings settings;
    private final Conversation conversation;
    private final ConnectionListener listener;
    private final Requests requests;
    private final Backoff backoff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private StormConnection(
            HttpClient http, Admission admission, Tokens tokens, ConnectionListener listener, LiveSettings settings) {
        this.http = http;
        this.admission = admission;
        this.tokens = tokens;
        this.settings = settings;
        this.listener = new GuardedListener(listener);
        this.requests = new Requests(settings.unacked());
        this.conversation = new Conversation(this.listener, requests, tokens, settings);
        this.backoff = new Backoff(settings.backoffBase(), settings.backoffMax(), RandomGenerator.getDefault());
        this.thread = Thread.ofVirtual().name("storm-connection").unstarted(this::run);
    }

    /// Begins to connect; the listener hears how it goes.
    public static StormConnection open(
            HttpClient http, Admission admission, Tokens tokens, ConnectionListener listener, LiveSettings settings) {
        StormConnection connection = new StormConnection(http, admission, tokens, listener, settings);
        connection.thread.start();
        return connection;
    }

    /// Sends a text under a new id; the answer comes when the server has it in its queue.
    public CompletableFuture<ServerEvent.MessageAck> send(ChannelId channel, String content) {
        return send(new MessageId(UUID.randomUUID().toString()), channel, content, Instant.now());
    }

    /// Sends a text. Without an ack it is sent again after each reconnect; the server stores an id once.
    ///
    /// The answer fails with a [StormException]: FORBIDDEN, VALIDATION_ERROR, RATE_LIMIT_EXCEEDED (try again later
    /// under the same id), or SERVICE_UNAVAILABLE, after which it is unknown whether the server has it.
    public CompletableFuture<ServerEvent.MessageAck> send(
            MessageId id, ChannelId channel, String content, Instant clientTs) {
        if (closing.getCount() == 0) {
            return CompletableFuture.failedFuture(Refusals.lost(null));
        }
        return requests.message(new ClientEvent.MessageSend(id, channel, content, clientTs), settings.send());
    }

    /// A page of a channel's messages with their texts, newest first.
    public CompletableFuture<ServerEvent.HistoryPage> history(ChannelId channel, @Nullable Long beforeSeq, int limit) {
        return requests.ask(
                new ClientEvent.HistoryGet(channel, beforeSeq, limit),
                ServerEvent.HistoryPage.class,
                settings.answer());
    }

    /// Watches whether these users are online; kept over reconnects.
    public CompletableFuture<ServerEvent.PresenceSnapshot> watch(Collection<UserId> users) {
        conversation.watched(users);
        return requests.ask(
                new ClientEvent.PresenceSubscribe(List.copyOf(users)),
                ServerEvent.PresenceSnapshot.class,
                settings.answer());
    }

    public void unwatch(Collection<UserId> users) {
        conversation.unwatched(users);
        requests.tell(new ClientEvent.PresenceUnsubscribe(List.copyOf(users)));
    }

    public CompletableFuture<ServerEvent.Pong> ping() {
        return requests.ask(new ClientEvent.Ping(), ServerEvent.Pong.class, settings.answer());
    }

    /// Tells the senders that these messages have arrived; says no while there is no connection.
    public boolean received(List<MessageId> messages) {
        return requests.tell(new ClientEvent.MessageReceived(messages));
    }

    /// Marks everything up to `seq` as read; says no while there is no connection.
    public boolean read(ChannelId channel, long seq) {
        return requests.tell(new ClientEvent.ChannelRead(channel, seq));
    }

    /// Says that this user is typing, or has stopped; says no while there is no connection.
    public boolean typing(ChannelId channel, boolean active) {
        return requests.tell(active ? new ClientEvent.TypingStart(channel) : new ClientEvent.TypingStop(channel));
    }

    /// Says goodbye and ends the connection for good; what was not acked fails.
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(GOODBYE.plus(GOODBYE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        StormException end = Refusals.lost(null);
        try {
            int refusals = 0;
            while (!isClosing()) {
                Ending ending = attend();
                if (isClosing()) {
                    return;
                }
                if (conversation.begun()) {
                    backoff.reset();
                    refusals = 0;
                }
                refusals = ending.reaction() == CloseCode.Reaction.REFRESH ? refusals + 1 : refusals;
                if (ending.reaction() == CloseCode.Reaction.STOP || refusals > MOST_REFUSALS) {
                    end = ending.reason();
                    listener.stopped(end);
                    return;
                }
                // The first refusal may be a token that was just ending: with a new one there is no need to wait.
                if (refusals != 1 || ending.reaction() != CloseCode.Reaction.REFRESH) {
                    Duration wait = backoff.next();
                    listener.interrupted(ending.reason().detail(), wait);
                    closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            // Closed by its owner.
        } finally {
            closing.countDown();
            requests.end(end);
        }
    }

    /// How a line, or the attempt at one, ended.
    private record Ending(CloseCode.Reaction reaction, StormException reason) {}

    private Ending attend() throws InterruptedException {
        Line line;
        conversation.idle();
        try {
            line = Line.open(http, admission.next(), requests::answer, settings.inbox());
        } catch (StormException e) {
            return failedToOpen(e);
        }
        try {
            return ending(conversation.hold(line));
        } finally {
            requests.detach();
            if (isClosing()) {
                Thread.interrupted();
                line.close(GOODBYE);
            } else {
                line.abort();
            }
        }
    }

    private Ending failedToOpen(StormException failure) throws InterruptedException {
        if (failure.getCause() instanceof WebSocketHandshakeException refused) {
            int status = refused.getResponse().statusCode();
            if (status == ErrorCode.UNAUTHORIZED.status()) {
                return refreshed(new StormException(ErrorCode.UNAUTHORIZED, "the server does not take the token"));
            }
            if (status == ErrorCode.FORBIDDEN.status() || status == ErrorCode.NOT_FOUND.status()) {
                return new Ending(
                        CloseCode.Reaction.STOP,
                        new StormException(
                                ErrorCode.FORBIDDEN, "the server refuses live connections here (" + status + ")"));
            }
        }
        boolean signedOut = failure.code().status() == ErrorCode.UNAUTHORIZED.status();
        return new Ending(signedOut ? CloseCode.Reaction.STOP : CloseCode.Reaction.RECONNECT, failure);
    }

    private Ending ending(Line.Arrival.End end) throws InterruptedException {
        CloseCode.Reaction reaction =
                CloseCode.of(end.code()).map(CloseCode::reaction).orElse(CloseCode.Reaction.RECONNECT);
        return switch (reaction) {
            case RECONNECT ->
                new Ending(
                        reaction, new StormException(ErrorCode.SERVICE_UNAVAILABLE, "disconnected: " + end.reason()));
            case STOP -> new Ending(reaction, closed(end));
            case REFRESH -> refreshed(closed(end));
        };
    }

    private static StormException closed(Line.Arrival.End end) {
        return Refusals.closed(CloseCode.of(end.code()).orElse(CloseCode.NORMAL), end.reason());
    }

    /// Gets a new token after a refusal.
    private Ending refreshed(StormException refusal) throws InterruptedException {
        try {
            admission.renew();
            return new Ending(CloseCode.Reaction.REFRESH, refusal);
        } catch (StormException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            boolean signedOut = !tokens.isSignedIn();
            return new Ending(signedOut ? CloseCode.Reaction.STOP : CloseCode.Reaction.RECONNECT, e);
        }
    }
}
