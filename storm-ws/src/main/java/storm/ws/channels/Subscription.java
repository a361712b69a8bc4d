package storm.ws.channels;

import storm.ws.connections.Connection;
import storm.ws.connections.Frame;

/// One connection's place in one channel's feed. Guarded by the feed's lock.
final class Subscription {
    private final Connection connection;
    private long joinedAt;
    private long position;
    private boolean live = true;
    private boolean ended;

    Subscription(Connection connection, long position) {
        this.connection = connection;
        place(position);
    }

    Connection connection() {
        return connection;
    }

    /// The connection gets every event after this seq.
    long joinedAt() {
        return joinedAt;
    }

    /// Events up to here are not for this connection.
    void place(long seq) {
        joinedAt = seq;
        position = seq;
    }

    /// Sends an event of the feed, unless the connection has it or reads the log by itself.
    ///
    /// @return whether it was sent
    boolean deliver(long seq, Frame frame) {
        if (!live || seq <= position) {
            return false;
        }
        position = seq;
        connection.send(frame);
        return true;
    }

    /// From now on the feed's events do not reach the connection: it reads the log.
    void leaveLive() {
        live = false;
    }

    /// The feed's events after this seq reach the connection again.
    void goLive(long from) {
        position = from;
        live = true;
    }

    boolean isLive() {
        return live;
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
