package storm.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a run showed.
///
/// @param sent messages that were tried
/// @param refused sends that failed, by their error code
/// @param expected deliveries that the acked messages should have made, one to each member
/// @param repeated deliveries that came more than once
/// @param disordered deliveries that came out of their channel's order
/// @param seconds from the first send to the last delivery
public record Result(
        int users,
        long sent,
        Map<String, Long> refused,
        long expected,
        long repeated,
        long disordered,
        double seconds,
        Latencies ack,
        Latencies delivery) {
    public Result {
        refused = new TreeMap<>(refused);
    }

    /// Whether everything that was acked arrived everywhere, once and in order.
    public boolean isSound() {
        return delivery.count() == expected && repeated == 0 && disordered == 0;
    }

    List<String> table() {
        return List.of(
                "%d users, %d messages in %.1f s: %.0f acked/s, %.0f delivered/s"
                        .formatted(users, sent, seconds, ack.count() / seconds, delivery.count() / seconds),
                "",
                "%-10s %9s %9s %9s %9s %9s".formatted("ms", "count", "p50", "p95", "p99", "max"),
                ack.row("ack"),
                delivery.row("delivery"),
                "",
                refused.isEmpty() ? "nothing refused" : "refused: " + refused,
                isSound()
                        ? "every acked message reached every member once and in order"
                        : "NOT SOUND: %d of %d deliveries, %d repeated, %d out of order"
                                .formatted(delivery.count(), expected, repeated, disordered));
    }
}
