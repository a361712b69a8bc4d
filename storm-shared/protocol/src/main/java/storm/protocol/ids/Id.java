package storm.protocol.ids;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;

/// An identifier of one kind; its text form is the one on the wire and in the database.
public sealed interface Id permits UserId, ChannelId, SessionId, MessageId, DeadLetterId {
    String value();

    /// Returns a UUID in lower case, or says which field is none.
    static String uuid(String field, @Nullable String value) {
        return checked(field, value, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "must be a UUID");
    }

    /// Returns the 24 hex digits of an ObjectId in lower case, or says which field has others.
    static String objectId(String field, @Nullable String value) {
        return checked(field, value, "xxxxxxxxxxxxxxxxxxxxxxxx", "must be 24 hex digits");
    }

    /// By hand: every message has a dozen ids on its way, and a pattern took a tenth of a worker's time.
    ///
    /// @param form with an x for a hex digit
    private static String checked(String field, @Nullable String value, String form, String message) {
        String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
        boolean fits = lower.length() == form.length();
        for (int i = 0; fits && i < form.length(); i++) {
            char c = lower.charAt(i);
            fits = form.charAt(i) == 'x' ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') : c == form.charAt(i);
        }
        if (!fits) {
            throw StormException.invalid(field, message);
        }
        return lower;
    }
}
