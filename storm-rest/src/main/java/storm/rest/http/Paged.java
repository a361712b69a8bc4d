package storm.rest.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storm.protocol.rest.Page;

/// An answer that is one page of a list: `data`, and in `meta` where the next one begins.
public record Paged(Object data, @Nullable String nextCursor, boolean hasNextPage) {
    public static <T> Paged of(Page<T> page, Function<List<T>, Object> data) {
        return new Paged(data.apply(page.items()), page.nextCursor(), page.hasNextPage());
    }
}
