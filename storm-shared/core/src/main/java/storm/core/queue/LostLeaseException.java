package storm.core.queue;

/// The partition is another worker's by now: whoever gets this stops working on it and touches nothing more.
public final class LostLeaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostLeaseException(int partition) {
        super("partition " + partition + " is another worker's by now");
    }
}
