package storm.embedded.mongo;

/// A gate that requests pass through: open, or shut with everyone waiting before it. Thread-safe.
final class Gate {

    private boolean shut;

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    /// Returns once the gate is open; an interrupt lets the caller through, because it means that the server ends.
    synchronized void pass() {
        while (shut) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
