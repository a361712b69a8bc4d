package storm.ws.connections;

import java.io.IOException;
import java.util.function.LongConsumer;
import storm.protocol.errors.CloseCode;

/// What waits to be written to one socket, bounded by count and bytes and written by a virtual thread of its own.
///
/// Starts held: what is offered before [#open] waits behind the frame given there. Thread-safe; offering never
/// blocks.
public final class Outbox {
    private sealed interface Entry {
        record Text(Frame frame) implements Entry {}

        record Last(CloseCode code) implements Entry {}
    }

    private final Socket socket;
    private final LongConsumer delivered;
    private final Runnable onBroken;
    private final Mailbox<Entry> mailbox;
    private volatile long sendingSince;
    private volatile long finishedAt;
    private volatile boolean aborted;

    /// @param delivered told of each measured frame how many nanoseconds it took from being published to its writing
    /// @param onBroken called when the socket fails to take a frame
    public Outbox(String name, int maxFrames, int maxBytes, Socket socket, LongConsumer delivered, Runnable onBroken) {
        this.socket = socket;
        this.delivered = delivered;
        this.onBroken = onBroken;
        mailbox = new Mailbox<>(name, maxFrames, maxBytes, this::write);
        mailbox.hold();
    }

    /// Begins to write, this frame first.
    public void open(Frame first) {
        mailbox.release(new Entry.Text(first), first.bytes());
    }

    /// Adds a frame; false if the outbox is full or takes no more.
    public boolean offer(Frame frame) {
        return mailbox.offer(new Entry.Text(frame), frame.bytes());
    }

    /// Adds a frame that is this client's alone and counts against a budget of all clients; false if there is no room.
    public boolean offer(Frame frame, Budget budget) {
        return mailbox.offer(new Entry.Text(frame), frame.bytes(), budget);
    }

    /// Writes what waits, then closes the socket.
    public void finish(CloseCode code) {
        mailbox.offerLast(new Entry.Last(code));
    }

    /// Drops what waits and closes the socket after the frame that is being written.
    public void cut(CloseCode code) {
        mailbox.clear();
        mailbox.offerLast(new Entry.Last(code));
    }

    /// Drops what waits, interrupts a write that is stuck and closes the socket.
    public void abort(CloseCode code) {
        aborted = true;
        mailbox.close();
        // Not by the caller's thread, which may serve others: a peer that reads nothing makes the close frame wait too.
        Thread.ofVirtual().name("storm-ws-close").start(() -> close(code));
    }

    /// Drops what waits, for a socket that is gone.
    public void discard() {
        mailbox.close();
    }

    /// Blocks until half of the outbox is free and so many bytes fit in; false if that takes longer or the outbox is
    /// closed.
    public boolean awaitRoom(long millis, int bytes) throws InterruptedException {
        return mailbox.awaitRoom(millis, bytes);
    }

    /// How long ago the socket was told to close for good, 0 if it was not.
    public long finishedMillis() {
        long at = finishedAt;
        return at == 0 ? 0 : Math.max(1, (System.nanoTime() - at) / 1_000_000);
    }

    /// How long the frame at the socket has been waiting for its peer, 0 if there is none.
    public long stalledMillis() {
        long since = sendingSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    /// Whether more than half of the outbox is taken.
    public boolean isCrowded() {
        return mailbox.isCrowded();
    }

    public int size() {
        return mailbox.size();
    }

    private void write(Entry entry) {
        sendingSince = System.nanoTime() | 1;
        try {
            switch (entry) {
                case Entry.Text(Frame frame) -> {
                    socket.send(frame.text());
                    if (frame.publishedNanos() != 0) {
                        delivered.accept(System.nanoTime() - frame.publishedNanos());
                    }
                }
                case Entry.Last(CloseCode code) -> {
                    close(code);
                    mailbox.close();
                }
            }
        } catch (IOException | IllegalStateException _) {
            // The peer is gone or the write was interrupted: either way the socket is of no more use. The container is
            // told, or it might keep the socket until its own time is over.
            mailbox.close();
            onBroken.run();
            if (!aborted) {
                close(CloseCode.NORMAL);
            }
        } finally {
            sendingSince = 0;
        }
    }

    private void close(CloseCode code) {
        try {
            socket.close(code);
        } finally {
            finishedAt = System.nanoTime() | 1;
        }
    }
}
