package storm.protocol.ids;

import java.util.regex.Pattern;

/// A dead letter: partition and number, as the queue gave it.
public record DeadLetterId(String value) implements Id {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public DeadLetterId {
        value = Id.checked("id", value, FORM, "must be a UUID");
    }

    @Override
    public String toString() {
        return value;
    }
}
