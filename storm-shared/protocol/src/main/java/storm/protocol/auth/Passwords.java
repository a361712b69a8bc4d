package storm.protocol.auth;

/// What a password must look like.
public final class Passwords {
    /// Written so that JavaScript and JSON Schema read it alike.
    public static final String PATTERN =
            "(?=[\\s\\S]*[a-z])(?=[\\s\\S]*[A-Z])(?=[\\s\\S]*[0-9])(?=[\\s\\S]*[^A-Za-z0-9])[\\s\\S]{10,72}";

    public static final String MESSAGE =
            "must be 10 to 72 characters with an upper-case letter, a lower-case letter, a digit and a symbol";

    private Passwords() {}
}
