package storm.client.live;

import java.time.Duration;

/// The named times and bounds of a live connection.
///
/// @param entry how the socket proves who it is
/// @param ping how often the server hears from this client
/// @param quiet after what was heard last, before asking once whether the server is still there
/// @param answer how long a request waits for its answer; without one to a ping the connection is taken for dead
/// @param send how long a message waits for its ack, reconnects included
/// @param backoffBase first wait before reconnecting; doubles each time
/// @param backoffMax longest wait before reconnecting
/// @param unacked most messages without an ack
/// @param inbox most frames read ahead of a slow listener
public record LiveSettings(
        Entry entry,
        Duration ping,
        Duration quiet,
        Duration answer,
        Duration send,
        Duration backoffBase,
        Duration backoffMax,
        int unacked,
        int inbox) {

    /// How a socket proves who it is.
    public enum Entry {
        /// By a single-use ticket, so that no token stands in a URL; by the token where a server has no tickets.
        TICKET,
        /// By the access token in the URL: saves a round trip.
        TOKEN
    }

    public static final LiveSettings STANDARD = new LiveSettings(
            Entry.TICKET,
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            1000,
            256);

    public LiveSettings {
        if (unacked < 1 || inbox < 1 || ping.isZero() || ping.isNegative()) {
            throw new IllegalArgumentException("bounds and times must be above zero");
        }
    }

    public LiveSettings withEntry(Entry other) {
        return new LiveSettings(other, ping, quiet, answer, send, backoffBase, backoffMax, unacked, inbox);
    }

    public LiveSettings withBackoff(Duration base, Duration max) {
        return new LiveSettings(entry, ping, quiet, answer, send, base, max, unacked, inbox);
    }

    public LiveSettings withPing(Duration every, Duration afterQuiet) {
        return new LiveSettings(entry, every, afterQuiet, answer, send, backoffBase, backoffMax, unacked, inbox);
    }

    public LiveSettings withTimeouts(Duration forAnswer, Duration forSend) {
        return new LiveSettings(entry, ping, quiet, forAnswer, forSend, backoffBase, backoffMax, unacked, inbox);
    }
}
