package storm.rest.http;

import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;

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
