package storm.client.live;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.CloseCode;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;

/// What the server says no with, as exceptions.
final class Refusals {
    private Refusals() {}

    /// The exception for an event that refuses a request; empty for every other event.
    static Optional<StormException> of(ServerEvent event) {
        return Optional.ofNullable(refusal(event));
    }

    private static @Nullable StormException refusal(ServerEvent event) {
        return switch (event) {
            case ServerEvent.RateLimited limited ->
                new StormException(
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "too many messages: at most " + limited.limit() + " a " + limited.window(),
                        Map.of(),
                        Duration.ofSeconds(limited.retryAfter()),
                        null);
            case ServerEvent.Forbidden _ -> new StormException(ErrorCode.FORBIDDEN, "not a member of this channel");
            case ServerEvent.InvalidPayload invalid -> StormException.invalid(invalid.message(), invalid.details());
            case ServerEvent.Unavailable unavailable ->
                StormException.unavailable("the queue", Duration.ofSeconds(unavailable.retryAfter()), null);
            case ServerEvent.ConnectionReady _,
                    ServerEvent.MessageAck _,
                    ServerEvent.ChannelEvent _,
                    ServerEvent.MessageFailed _,
                    ServerEvent.MessageReceipt _,
                    ServerEvent.ChannelUpdated _,
                    ServerEvent.ChannelResumed _,
                    ServerEvent.ChannelRead _,
                    ServerEvent.HistoryPage _,
                    ServerEvent.Typing _,
                    ServerEvent.PresenceSnapshot _,
                    ServerEvent.PresenceChanged _,
                    ServerEvent.SessionExpiring _,
                    ServerEvent.SessionRenewed _,
                    ServerEvent.Pong _ -> null;
        };
    }

    /// The exception for a connection that the server closed for good.
    static StormException closed(CloseCode code, String reason) {
        String why = reason.isEmpty() ? code.reason() : reason;
        ErrorCode error = code == CloseCode.UNAUTHORIZED ? ErrorCode.UNAUTHORIZED : ErrorCode.FORBIDDEN;
        return new StormException(error, "the server closed the connection: " + why + " (" + code.code() + ")");
    }

    static StormException lost(@Nullable Throwable cause) {
        return StormException.unavailable("the live connection", Duration.ofSeconds(1), cause);
    }
}
