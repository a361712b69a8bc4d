package storm.client.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ClientFrame;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;

/// Requests that wait for their answer, by requestId. Bounded and thread-safe.
///
/// A message outlives the line it went out on: its requestId is its messageId, and it goes out again, in the order of
/// sending, on every new line until it is acked. Every other request dies with its line.
final class Requests {
    private record Waiting(
            ClientFrame frame, Class<? extends ServerEvent> wanted, CompletableFuture<ServerEvent> answer) {
        boolean isMessage() {
            return frame.event() instanceof ClientEvent.MessageSend;
        }
    }

    private final int bound;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private @Nullable Line line;
    private long numbers;

    Requests(int bound) {
        this.bound = bound;
    }

    /// Sends a message, now or as soon as there is a line.
    CompletableFuture<ServerEvent.MessageAck> message(ClientEvent.MessageSend message, Duration timeout) {
        synchronized (waiting) {
            return ask(message.messageId().value(), message, ServerEvent.MessageAck.class, timeout);
        }
    }

    /// Asks for an answer; fails at once if there is no line.
    <T extends ServerEvent> CompletableFuture<T> ask(ClientEvent event, Class<T> wanted, Duration timeout) {
        synchronized (waiting) {
            if (line == null) {
                return CompletableFuture.failedFuture(Refusals.lost(null));
            }
            return ask(Long.toString(++numbers, Character.MAX_RADIX), event, wanted, timeout);
        }
    }

    /// Sends what has no answer; says no if there is no line.
    boolean tell(ClientEvent event) {
        synchronized (waiting) {
            return line != null && line.send(new ClientFrame("", event).encode());
        }
    }

    private <T extends ServerEvent> CompletableFuture<T> ask(
            String requestId, ClientEvent event, Class<T> wanted, Duration timeout) {
        if (waiting.size() >= bound) {
            return CompletableFuture.failedFuture(
                    StormException.unavailable("the server's answer to earlier requests", Duration.ofSeconds(1), null));
        }
        CompletableFuture<ServerEvent> answer = new CompletableFuture<>();
        Waiting request = new Waiting(new ClientFrame(requestId, event), wanted, answer);
        if (waiting.putIfAbsent(requestId, request) != null) {
            return CompletableFuture.failedFuture(StormException.invalid("messageId", "is being sent already"));
        }
        if (line != null && !line.send(request.frame().encode())) {
            waiting.remove(requestId);
            return CompletableFuture.failedFuture(Refusals.lost(null));
        }
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> remove(requestId))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)))
                .thenApply(wanted::cast);
    }

    private static StormException told(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof StormException ours ? ours : Refusals.lost(cause);
    }

    /// Takes a frame if it answers a request.
    boolean answer(ServerFrame frame) {
        String requestId = frame.event() instanceof ServerEvent.MessageAck ack
                ? ack.messageId().value()
                : frame.requestId();
        Waiting request;
        synchronized (waiting) {
            request = waiting.get(requestId);
        }
        if (request == null) {
            // An ack that nobody waits for any more is of no interest to the listener.
            return frame.event() instanceof ServerEvent.MessageAck;
        }
        if (request.wanted().isInstance(frame.event())) {
            request.answer().complete(frame.event());
            return true;
        }
        Refusals.of(frame.event()).ifPresent(request.answer()::completeExceptionally);
        return Refusals.of(frame.event()).isPresent();
    }

    /// From now on requests go out on this line; messages without an ack go out again, first of all.
    void attach(Line opened) {
        synchronized (waiting) {
            line = opened;
            waiting.values().stream()
                    .filter(Waiting::isMessage)
                    .forEach(each -> opened.send(each.frame().encode()));
        }
    }

    /// The line is gone, and with it every request but the messages.
    void detach() {
        failAll(Refusals.lost(null), false);
    }

    /// Nothing will be answered any more.
    void end(StormException reason) {
        failAll(reason, true);
    }

    private void failAll(StormException reason, boolean messagesToo) {
        List<Consumer<StormException>> failing = new ArrayList<>();
        synchronized (waiting) {
            line = null;
            for (Waiting each : waiting.values()) {
                if (messagesToo || !each.isMessage()) {
                    failing.add(each.answer()::completeExceptionally);
                }
            }
        }
        failing.forEach(each -> each.accept(reason));
    }

    private void remove(String requestId) {
        synchronized (waiting) {
            waiting.remove(requestId);
        }
    }
}
