package storm.ws.connections;

import static java.lang.System.Logger.Level.WARNING;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A bounded queue whose items are handled in order, one at a time, on a virtual thread that lives only while there
/// is something to do.
///
/// Offering never blocks. An idle mailbox costs a few hundred bytes and no thread. Thread-safe. [#close] drops what
/// waits and interrupts what is being handled. An item may count against a [Budget] of many mailboxes until it has
/// been handled or dropped.
public final class Mailbox<T> {
    /// Handles one item; may block. What it throws is logged.
    @FunctionalInterface
    public interface Handler<T> {
        void handle(T item) throws InterruptedException;
    }

    private record Entry<T>(T item, int weight, @Nullable Budget budget) {
        void settle() {
            if (budget != null) {
                budget.giveBack(weight);
            }
        }
    }

    private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());
    private static final int ROOMY = 64;

    private final String name;
    private final int maxItems;
    private final long maxWeight;
    private final Handler<T> handler;
    private ArrayDeque<Entry<T>> entries = new ArrayDeque<>(4);
    private long weight;
    private int highWater;
    private boolean held;
    private boolean sealed;
    private boolean closed;
    private int waiters;
    private @Nullable Thread drainer;

    /// @param name of the threads
    /// @param maxWeight what all waiting items may weigh together, in the unit of [#offer]
    public Mailbox(String name, int maxItems, long maxWeight, Handler<T> handler) {
        this.name = name;
        this.maxItems = maxItems;
        this.maxWeight = maxWeight;
        this.handler = handler;
    }

    /// Keeps items waiting until [#release].
    public synchronized void hold() {
        held = true;
    }

    /// Puts an item before all that wait and lets them go.
    public synchronized void release(T first, int itemWeight) {
        if (closed || sealed) {
            return;
        }
        held = false;
        entries.addFirst(new Entry<>(first, itemWeight, null));
        weight += itemWeight;
        startIfIdle();
    }

    /// Adds an item; false if there is no room for it or the mailbox takes no more.
    public synchronized boolean offer(T item, int itemWeight) {
        if (!hasRoom(itemWeight)) {
            return false;
        }
        add(new Entry<>(item, itemWeight, null));
        return true;
    }

    /// Adds an item that counts against a budget too; false if there is no room for it, here or in the budget, or the
    /// mailbox takes no more.
    public synchronized boolean offer(T item, int itemWeight, Budget budget) {
        if (!hasRoom(itemWeight) || !budget.tryTake(itemWeight)) {
            return false;
        }
        add(new Entry<>(item, itemWeight, budget));
        return true;
    }

    /// Adds an item without weight, whatever room there is; nothing if the mailbox takes no more.
    public synchronized void offerBeyond(T item) {
        if (!closed && !sealed) {
            add(new Entry<>(item, 0, null));
        }
    }

    private boolean hasRoom(int itemWeight) {
        return !closed
                && !sealed
                && entries.size() < maxItems
                && (weight + itemWeight <= maxWeight || entries.isEmpty());
    }

    /// Adds the last item, whatever room there is; no other is taken after it. False if it is too late even for that.
    public synchronized boolean offerLast(T item) {
        if (closed || sealed) {
            return false;
        }
        sealed = true;
        held = false;
        add(new Entry<>(item, 0, null));
        return true;
    }

    /// Drops what waits, takes nothing more and interrupts the item at work.
    public synchronized void close() {
        stop();
        if (drainer != null && drainer != Thread.currentThread()) {
            drainer.interrupt();
        }
    }

    /// Drops what waits and takes nothing more; the item at work ends in its own time.
    public synchronized void stop() {
        closed = true;
        clear();
        entries = new ArrayDeque<>(1);
        notifyAll();
    }

    /// Drops what waits and goes on with what comes; returns how many were dropped.
    public synchronized int clear() {
        int dropped = entries.size();
        entries.forEach(Entry::settle);
        entries.clear();
        weight = 0;
        return dropped;
    }

    /// Blocks until at most half of the room is taken and an item of that weight fits in, or the mailbox is closed.
    ///
    /// @return whether there is room; false after the time or when closed
    public synchronized boolean awaitRoom(long millis, int itemWeight) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!closed && !sealed && (isCrowded() || !hasRoom(itemWeight))) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            waiters++;
            try {
                wait(left);
            } finally {
                waiters--;
            }
        }
        return !closed && !sealed;
    }

    /// Whether more than half of the room is taken.
    public synchronized boolean isCrowded() {
        return entries.size() > maxItems / 2 || weight > maxWeight / 2;
    }

    public synchronized int size() {
        return entries.size();
    }

    private void add(Entry<T> entry) {
        entries.addLast(entry);
        weight += entry.weight();
        highWater = Math.max(highWater, entries.size());
        startIfIdle();
    }

    private void startIfIdle() {
        if (drainer == null && !held) {
            drainer = Thread.ofVirtual().name(name).unstarted(this::drain);
            drainer.start();
        }
    }

    private void drain() {
        try {
            for (Entry<T> entry = next(); entry != null; entry = next()) {
                try {
                    handle(entry.item());
                } finally {
                    entry.settle();
                }
            }
        } catch (InterruptedException _) {
            // Only close() interrupts: there is nothing left to do.
            close();
        }
    }

    private void handle(T item) throws InterruptedException {
        try {
            handler.handle(item);
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of ours: the items behind it must not suffer.
            LOG.log(WARNING, "an item of " + name + " failed", e);
        }
    }

    private synchronized @Nullable Entry<T> next() {
        Entry<T> entry = entries.pollFirst();
        if (entry == null) {
            // In the same step as the look: an offer in between would find a thread that takes nothing more.
            drainer = null;
            if (highWater > ROOMY) {
                entries = new ArrayDeque<>(4);
                highWater = 0;
            }
            return null;
        }
        weight -= entry.weight();
        if (waiters > 0) {
            notifyAll();
        }
        return entry;
    }
}
