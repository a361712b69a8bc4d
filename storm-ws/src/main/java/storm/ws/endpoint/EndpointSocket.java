package storm.ws.endpoint;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import storm.protocol.errors.CloseCode;
import storm.ws.connections.Socket;

/// The container's session as a [Socket].
final class EndpointSocket implements Socket {
    private final Session session;
    private final RemoteEndpoint.Basic remote;

    EndpointSocket(Session session) {
        this.session = session;
        remote = session.getBasicRemote();
    }

    @Override
    public void send(String text) throws IOException {
        remote.sendText(text);
    }

    @Override
    public void close(CloseCode code) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.reason()));
        } catch (IOException | IllegalStateException _) {
            // Closed by the other side meanwhile: what was wanted.
        }
    }
}
