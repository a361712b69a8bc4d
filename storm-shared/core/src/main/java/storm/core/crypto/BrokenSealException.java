package storm.core.crypto;

/// A sealed text that cannot be opened: another key, another context, or it was changed.
public final class BrokenSealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenSealException(String message) {
        super(message);
    }
}
