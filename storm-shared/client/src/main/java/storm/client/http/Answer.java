package storm.client.http;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import storm.protocol.json.Json;
import storm.protocol.rest.Meta;
import storm.protocol.rest.Page;

/// The good answer to a call: the `data` and `meta` of its envelope.
public record Answer(JsonValue data, Meta meta) {
    /// The data as the record it is.
    public <T> T as(Class<T> type) {
        return Json.read(data.toString(), type);
    }

    /// The data as one page of a list.
    ///
    /// @param type the record around the list
    public <L, T> Page<T> page(Class<L> type, Function<L, List<T>> items) {
        return new Page<>(items.apply(as(type)), meta.nextCursor());
    }
}
