package storm.core.queries;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Questions and answers as JSON, before they are sealed.
public final class QueryWire {
    /// Seals of questions and answers bear these contexts.
    public static final String ASK = "query";

    public static final String REPLY = "reply";

    private QueryWire() {}

    /// A question on its way.
    ///
    /// @param replyTo the topic that awaits the answer
    /// @param deadline nobody waits any longer after this
    public record Asked(String id, String replyTo, Instant deadline, String kind, String body) {
        public static Asked of(String id, String replyTo, Instant deadline, Query<?> query) {
            return new Asked(id, replyTo, deadline, kindOf(query), Json.write(query));
        }

        /// @throws StormException VALIDATION_ERROR if it is none that this version knows
        public Query<?> query() {
            return switch (kind) {
                case "membership" -> Json.read(body, Query.MembershipQuery.class);
                case "history" -> Json.read(body, Query.HistoryQuery.class);
                case "content" -> Json.read(body, Query.ContentQuery.class);
                case "resume" -> Json.read(body, Query.ResumeQuery.class);
                case "shared" -> Json.read(body, Query.SharedChannelsQuery.class);
                case "delivered" -> Json.read(body, Query.DeliveredQuery.class);
                case "read" -> Json.read(body, Query.ReadQuery.class);
                default -> throw StormException.invalid("unknown query", Map.of());
            };
        }

        @Override
        public String toString() {
            return "Asked[" + kind + " " + id + "]";
        }
    }

    /// An answer on its way; without body if the worker could not answer.
    public record Replied(String id, @Nullable String body) {
        @Override
        public String toString() {
            return "Replied[" + id + "]";
        }
    }

    private static String kindOf(Query<?> query) {
        return switch (query) {
            case Query.MembershipQuery _ -> "membership";
            case Query.HistoryQuery _ -> "history";
            case Query.ContentQuery _ -> "content";
            case Query.ResumeQuery _ -> "resume";
            case Query.SharedChannelsQuery _ -> "shared";
            case Query.DeliveredQuery _ -> "delivered";
            case Query.ReadQuery _ -> "read";
        };
    }
}
