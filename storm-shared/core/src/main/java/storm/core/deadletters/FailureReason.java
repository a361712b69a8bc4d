package storm.core.deadletters;

/// Why a job was given up.
public enum FailureReason {
    /// It does not open with the transport key, or is no job.
    UNREADABLE,
    CHANNEL_NOT_FOUND,
    CHANNEL_ARCHIVED,
    NOT_A_MEMBER,
    /// Another message, of another sender or channel, has this id.
    MESSAGE_ID_TAKEN,
    MESSAGE_NOT_FOUND,
    NOT_THE_SENDER,
    /// It failed as often as it may be tried.
    ATTEMPTS_EXHAUSTED;

    /// As clients see it.
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
