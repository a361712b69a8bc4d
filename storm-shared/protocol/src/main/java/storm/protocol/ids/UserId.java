package storm.protocol.ids;

import java.util.regex.Pattern;

/// A user: the 24 hex digits of a MongoDB ObjectId.
public record UserId(String value) implements Id {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");

    public UserId {
        value = Id.checked("userId", value, FORM, "must be 24 hex digits");
    }

    @Override
    public String toString() {
        return value;
    }
}
