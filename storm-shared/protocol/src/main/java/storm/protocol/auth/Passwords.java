package storm.protocol.auth;

/// What a password must look like.
public final class Passwords {
    public static final String PATTERN = "(?s)(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{10,72}";
    public static final String MESSAGE =
            "must be 10 to 72 characters with an upper-case letter, a lower-case letter, a digit and a symbol";

    private Passwords() {}
}
