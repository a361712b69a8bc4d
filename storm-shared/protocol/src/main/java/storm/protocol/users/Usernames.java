package storm.protocol.users;

/// What a username may look like.
public final class Usernames {
    public static final String PATTERN = "[A-Za-z0-9_]{3,32}";
    public static final String MESSAGE = "must be 3 to 32 letters, digits or underscores";

    private Usernames() {}
}
