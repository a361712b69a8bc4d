package storm.protocol.messages;

/// Limits of a message's text.
public final class Contents {
    /// In characters (UTF-16 code units, as JavaScript and Java count).
    public static final int MAX_LENGTH = 4000;

    private Contents() {}
}
