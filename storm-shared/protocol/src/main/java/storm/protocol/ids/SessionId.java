package storm.protocol.ids;

import java.util.regex.Pattern;

/// A signed-in session: a random UUID, made at login and kept over refreshes.
public record SessionId(String value) implements Id {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public SessionId {
        value = Id.checked("sessionId", value, FORM, "must be a UUID");
    }

    @Override
    public String toString() {
        return value;
    }
}
