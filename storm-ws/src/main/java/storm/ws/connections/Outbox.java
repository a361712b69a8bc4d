package storm.ws.connections;

import java.io.IOException;
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
    private final Runnable onBroken;
    private final Mailbox<Entry> mailbox;
    private volatile long sendingSince;

    /// @param onBroken called when the socket fails to take a frame
    public Outbox(String name, int maxFrames, int maxBytes, Socket socket, Runnable onBroken) {
        this.socket = socket;
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
        mailbox.close();
        // Not by the caller's thread, which may serve others: a peer that reads nothing makes the close frame wait too.
        Thread.ofVirtual().name("storm-ws-close").start(() -> socket.close(code));
    }

    /// Drops what waits, for a socket that is gone.
    public void discard() {
        mailbox.close();
    }

    /// Blocks until half of the outbox is free; false if that takes longer or the outbox is closed.
    public boolean awaitRoom(long millis) throws InterruptedException {
        return mailbox.awaitRoom(millis);
    }

    /// How long the frame at the socket has been waiting for its peer, 0 if there is none.
    public long stalledMillis() {
        long since = sendingSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    public int size() {
        return mailbox.size();
    }

    private void write(Entry entry) {
        sendingSince = System.nanoTime() | 1;
        try {
            switch (entry) {
                case Entry.Text(Frame frame) -> socket.send(frame.text());
                case Entry.Last(CloseCode code) -> {
                    socket.close(code);
                    mailbox.close();
                }
            }
        } catch (IOException | IllegalStateException _) {
            // The peer is gone or the write was interrupted: either way the socket is of no more use.
            mailbox.close();
            onBroken.run();
        } finally {
            sendingSince = 0;
        }
    }
}
