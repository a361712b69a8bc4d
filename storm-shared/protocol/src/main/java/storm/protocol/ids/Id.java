package storm.protocol.ids;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;

/// An identifier of one kind; its text form is the one on the wire and in the database.
public sealed interface Id permits UserId, ChannelId, SessionId, MessageId, DeadLetterId {
    String value();

    /// Returns the id in lower case, or says which field is malformed and how it should look.
    static String checked(String field, @Nullable String value, Pattern form, String message) {
        String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
        if (!form.matcher(lower).matches()) {
            throw StormException.invalid(field, message);
        }
        return lower;
    }
}
