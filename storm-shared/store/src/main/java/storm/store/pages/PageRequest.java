package storm.store.pages;

import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.rest.Page;

/// Which page is asked for.
///
/// @param after where the page before ended; absent for the first
public record PageRequest(int limit, @Nullable Cursor after) {
    public PageRequest {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw StormException.invalid("limit", "must be from 1 to " + Page.MAX_LIMIT);
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
