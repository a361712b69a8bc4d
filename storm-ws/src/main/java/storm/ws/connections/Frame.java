package storm.ws.connections;

import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;

/// A finished text frame, encoded once however many sockets it goes to.
///
/// @param bytes its length in UTF-8, as the outbox counts it
/// @param publishedNanos when it was published, on this machine's `System.nanoTime()`; 0 if nobody measures it
public record Frame(String text, int bytes, long publishedNanos) {
    public static Frame of(String text) {
        return published(text, 0);
    }

    /// A frame whose way from there to the socket is measured.
    public static Frame published(String text, long publishedNanos) {
        return new Frame(text, utf8Length(text), publishedNanos);
    }

    /// What the server starts itself.
    public static Frame of(ServerEvent event) {
        return of(ServerFrame.unasked(event).encode());
    }

    /// What answers a client's frame.
    public static Frame of(String requestId, ServerEvent event) {
        return of(new ServerFrame(requestId, event).encode());
    }

    /// How many bytes a text has in UTF-8.
    public static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                // Each half of a surrogate pair counts two: four in all.
                bytes += Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "Frame[" + bytes + " bytes]";
    }
}
