package storm.ws.connections;

import java.io.IOException;
import storm.protocol.errors.CloseCode;

/// The wire under a connection.
public interface Socket {
    /// Writes one text frame and blocks until it is on its way. Never called by two threads at once.
    void send(String text) throws IOException;

    /// Closes with a code; may block while the peer reads nothing.
    void close(CloseCode code);
}
