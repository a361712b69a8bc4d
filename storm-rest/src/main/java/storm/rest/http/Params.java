package storm.rest.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.messages.Moments;

/// Query parameters that are more than text.
public final class Params {
    private static final int MAX_PREFIX = 254;

    private Params() {}

    /// @throws StormException VALIDATION_ERROR
    public static boolean flag(String name, @Nullable String value, boolean fallback) {
        if (value == null) {
            return fallback;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw StormException.invalid(name, "must be true or false");
        };
    }

    /// One of a few words, or null if it was not asked for.
    ///
    /// @throws StormException VALIDATION_ERROR
    public static boolean isWord(String name, @Nullable String value, String word) {
        if (value == null || value.equals(word)) {
            return value != null;
        }
        throw StormException.invalid(name, "must be " + word);
    }

    /// A user's id, or null if it was not asked for.
    ///
    /// @throws StormException VALIDATION_ERROR
    public static @Nullable UserId userId(String name, @Nullable String value) {
        try {
            return value == null ? null : new UserId(value);
        } catch (StormException _) {
            throw StormException.invalid(name, "must be 24 hex digits");
        }
    }

    /// A moment in ISO 8601, or null if it was not asked for.
    ///
    /// @throws StormException VALIDATION_ERROR
    public static @Nullable Instant instant(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(value).toInstant();
            if (Moments.isStorable(instant)) {
                return instant;
            }
        } catch (DateTimeException _) {
            // Told below like one out of range.
        }
        throw StormException.invalid(name, "must be an ISO 8601 date and time, such as 2030-01-31T12:00:00Z");
    }

    /// The beginning of a name to search for; empty counts as none.
    ///
    /// @throws StormException VALIDATION_ERROR
    public static @Nullable String prefix(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > MAX_PREFIX) {
            throw StormException.invalid(name, "must have at most " + MAX_PREFIX + " characters");
        }
        return value;
    }
}
