package storm.ws.dispatch;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import storm.protocol.errors.CloseCode;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ClientFrame;
import storm.protocol.events.ServerEvent;
import storm.ws.channels.ChannelHandler;
import storm.ws.connections.Connection;
import storm.ws.connections.Forbidden;
import storm.ws.messages.MessageHandler;
import storm.ws.metrics.GatewayMetrics;
import storm.ws.presence.PresenceHandler;
import storm.ws.sessions.SessionHandler;

/// Decodes a client's frame, hands the event to its feature, and turns what goes wrong into the client's answer.
///
/// Runs on the connection's own thread, one frame at a time.
@Singleton
public class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final MessageHandler messages;
    private final ChannelHandler channels;
    private final PresenceHandler presence;
    private final SessionHandler sessions;
    private final GatewayMetrics metrics;
    private final Clock clock;

    @Inject
    public Dispatcher(
            MessageHandler messages,
            ChannelHandler channels,
            PresenceHandler presence,
            SessionHandler sessions,
            GatewayMetrics metrics,
            Clock clock) {
        this.messages = messages;
        this.channels = channels;
        this.presence = presence;
        this.sessions = sessions;
        this.metrics = metrics;
        this.clock = clock;
    }

    public void handle(Connection connection, String text) throws InterruptedException {
        if (connection.isClosing()) {
            return;
        }
        ClientFrame.Header header;
        try {
            header = ClientFrame.Header.decode(text);
        } catch (StormException _) {
            connection.close(CloseCode.BAD_REQUEST);
            return;
        }
        try {
            handle(connection, header.requestId(), header.read());
        } catch (StormException e) {
            tell(connection, header.requestId(), e);
        } catch (RuntimeException e) {
            LOG.log(ERROR, "a frame of event " + header.event() + " could not be handled", e);
            metrics.errors.increment();
            connection.close(CloseCode.SERVER_FAULT);
        }
    }

    private void handle(Connection connection, String requestId, ClientEvent event) throws InterruptedException {
        switch (event) {
            case ClientEvent.MessageSend send -> messages.send(connection, requestId, send);
            case ClientEvent.MessageReceived received -> messages.received(connection, received);
            case ClientEvent.HistoryGet get -> messages.history(connection, requestId, get);
            case ClientEvent.ChannelResume resume -> channels.resume(connection, requestId, resume);
            case ClientEvent.ChannelRead read -> channels.read(connection, read);
            case ClientEvent.TypingStart typing -> channels.typing(connection, typing.channelId(), true);
            case ClientEvent.TypingStop typing -> channels.typing(connection, typing.channelId(), false);
            case ClientEvent.PresenceSubscribe subscribe -> presence.subscribe(connection, requestId, subscribe);
            case ClientEvent.PresenceUnsubscribe unsubscribe -> presence.unsubscribe(connection, unsubscribe);
            case ClientEvent.SessionRenew renew -> sessions.renew(connection, requestId, renew);
            case ClientEvent.Ping _ -> connection.answer(requestId, new ServerEvent.Pong(clock.instant()));
        }
    }

    private void tell(Connection connection, String requestId, StormException e) {
        switch (e.code()) {
            case VALIDATION_ERROR, NOT_FOUND, CONFLICT, PAYLOAD_TOO_LARGE -> {
                connection.answer(requestId, new ServerEvent.InvalidPayload(e.detail(), e.details()));
                countFault(connection);
            }
            case FORBIDDEN -> {
                connection.answer(requestId, new ServerEvent.Forbidden(Forbidden.channelOf(e)));
                countFault(connection);
            }
            case SERVICE_UNAVAILABLE ->
                connection.answer(
                        requestId,
                        new ServerEvent.Unavailable(Math.max(
                                1,
                                e.retryAfter()
                                        .map(java.time.Duration::toSeconds)
                                        .orElse(1L))));
            case UNAUTHORIZED,
                    TOKEN_EXPIRED,
                    TOKEN_INVALID,
                    TOKEN_REVOKED,
                    TOKEN_REUSE_DETECTED,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    UNSUPPORTED_MEDIA_TYPE,
                    RATE_LIMIT_EXCEEDED,
                    INTERNAL_ERROR -> connection.close(e.code().closeCode());
        }
    }

    private void countFault(Connection connection) {
        metrics.faults.increment();
        if (!connection.countFault(clock.millis())) {
            connection.close(CloseCode.POLICY_VIOLATION);
        }
    }
}
