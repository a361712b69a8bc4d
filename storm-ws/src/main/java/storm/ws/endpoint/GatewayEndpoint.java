package storm.ws.endpoint;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Frame;
import storm.ws.gateway.Gateway;

/// `GET /ws`: hands what the container says to the [Gateway]. The container makes one instance per connection.
///
/// Not an annotated endpoint, and it takes text in parts, both on purpose: so the container bounds each WebSocket
/// frame by the session's buffer size, and this class bounds what they add up to. For annotated endpoints, or whole
/// messages, one of the two is without bound. The price: a character split over two frames of one message is refused
/// (1007); no known client splits one.
public final class GatewayEndpoint extends Endpoint {
    /// Where even the end of a message that is too large is no longer waited for, in bytes.
    private static final int FAR_TOO_MUCH = 16 * ConnectionLimits.MAX_FRAME;

    private final Gateway gateway;
    private volatile @Nullable Connection connection;

    public GatewayEndpoint(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(ConnectionLimits.MAX_FRAME);
        session.setMaxBinaryMessageBufferSize(ConnectionLimits.MAX_FRAME);
        // The gateway itself closes those of whom nothing is heard; what is sent to them does not count.
        session.setMaxIdleTimeout(0);
        Arrival arrival = Arrival.takeFrom(config);
        Connection opened = gateway.accept(new EndpointSocket(session), arrival.address(), arrival.credentials());
        connection = opened;
        session.addMessageHandler(String.class, new TextParts(opened));
        session.addMessageHandler(ByteBuffer.class, (_, _) -> gateway.receivedBinary(opened));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        Connection opened = connection;
        if (opened != null) {
            gateway.gone(opened);
        }
    }

    @Override
    public void onError(Session session, Throwable cause) {
        // Clients that vanish or send what is no WebSocket frame; counted, not logged, or a flood would fill the disk.
        gateway.failed();
    }

    /// Puts the parts of a text message together, up to the largest message there may be.
    ///
    /// What is larger is passed over to its end before the client is told why it must go: a container that hears
    /// more once the close has begun drops the socket, and the client may never read the reason.
    private final class TextParts implements MessageHandler.Partial<String> {
        private final Connection opened;
        private final StringBuilder parts = new StringBuilder(0);
        private int bytes;

        TextParts(Connection opened) {
            this.opened = opened;
        }

        @Override
        public void onMessage(String part, boolean last) {
            bytes += Frame.utf8Length(part);
            if (bytes > ConnectionLimits.MAX_FRAME) {
                parts.setLength(0);
                parts.trimToSize();
                if (last || bytes > FAR_TOO_MUCH) {
                    gateway.receivedTooMuch(opened);
                }
            } else if (!last) {
                parts.append(part);
            } else if (parts.isEmpty()) {
                gateway.received(opened, part);
            } else {
                gateway.received(opened, parts.append(part).toString());
                parts.setLength(0);
                parts.trimToSize();
            }
            if (last) {
                bytes = 0;
            }
        }
    }
}
