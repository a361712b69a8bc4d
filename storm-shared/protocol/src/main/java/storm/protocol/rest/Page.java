package storm.protocol.rest;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list, newest first.
///
/// @param nextCursor opaque; absent on the last page
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 100;

    public Page {
        items = List.copyOf(items);
    }

    public boolean hasNextPage() {
        return nextCursor != null;
    }

    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), nextCursor);
    }
}
