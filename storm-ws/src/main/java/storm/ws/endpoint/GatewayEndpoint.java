package storm.ws.endpoint;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.gateway.Gateway;
import storm.ws.handshake.Credentials;

/// `GET /ws`: hands what the container says to the [Gateway]. The container makes one instance per connection.
@ServerEndpoint(value = "/ws", configurator = GatewayConfigurator.class)
public class GatewayEndpoint {
    // The container makes endpoints with a constructor without arguments.
    @Inject
    private Gateway gateway;

    private volatile @Nullable Connection connection;

    @OnOpen
    public void opened(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(ConnectionLimits.MAX_FRAME);
        session.setMaxBinaryMessageBufferSize(ConnectionLimits.MAX_FRAME);
        // The gateway itself closes those of whom nothing is heard; what is sent to them does not count.
        session.setMaxIdleTimeout(0);
        Arrival arrival = Arrival.of(config);
        connection = gateway.accept(
                new EndpointSocket(session),
                arrival.address(),
                Credentials.of(session.getRequestParameterMap(), arrival.authorization()));
    }

    @OnMessage(maxMessageSize = ConnectionLimits.MAX_FRAME)
    public void text(String text) {
        Connection opened = connection;
        if (opened != null) {
            gateway.received(opened, text);
        }
    }

    @OnMessage(maxMessageSize = ConnectionLimits.MAX_FRAME)
    public void binary(ByteBuffer bytes) {
        Connection opened = connection;
        if (opened != null) {
            gateway.receivedBinary(opened);
        }
    }

    @OnClose
    public void closed(Session session, CloseReason reason) {
        Connection opened = connection;
        if (opened != null) {
            gateway.gone(opened);
        }
    }

    @OnError
    public void failed(Session session, Throwable cause) {
        // Clients that vanish or send what is no WebSocket frame; counted, not logged, or a flood would fill the disk.
        gateway.failed();
    }
}
