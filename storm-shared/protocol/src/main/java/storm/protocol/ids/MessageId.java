package storm.protocol.ids;

import java.util.regex.Pattern;

/// A message, named by its sender: a UUID. It is stored once, for ever.
public record MessageId(String value) implements Id {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public MessageId {
        value = Id.checked("messageId", value, FORM, "must be a UUID");
    }

    @Override
    public String toString() {
        return value;
    }
}
