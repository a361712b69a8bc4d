package storm.protocol.rest;

import jakarta.json.bind.annotation.JsonbCreator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What stands beside every REST answer.
///
/// @param nextCursor where the next page begins; absent on the last and on answers without pages
/// @param hasNextPage absent on answers without pages
public record Meta(
        String requestId,
        Instant timestamp,
        @Nullable String nextCursor,
        @Nullable Boolean hasNextPage) {
    /// Marked because JSON-B reads no record that has a second constructor.
    @JsonbCreator
    public Meta {}

    public Meta(String requestId, Instant timestamp) {
        this(requestId, timestamp, null, null);
    }
}
