package storm.core.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.errors.StormException;

/// Where a page of dead letters ended: time of failure, then id, both falling. Opaque to clients.
record DeadLetterCursor(long failedAt, String id) {
    /// Newest first.
    static final Comparator<DeadLetterCursor> ORDER = Comparator.comparingLong(DeadLetterCursor::failedAt)
            .thenComparing(DeadLetterCursor::id)
            .reversed();

    static DeadLetterCursor of(DeadLetter letter) {
        return new DeadLetterCursor(
                letter.failedAt().toEpochMilli(), letter.id().value());
    }

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((failedAt + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    static DeadLetterCursor decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
            if (parts.length == 2) {
                return new DeadLetterCursor(Long.parseLong(parts[0]), parts[1]);
            }
        } catch (IllegalArgumentException e) {
            // Told below like any other malformed cursor.
        }
        throw StormException.invalid("cursor", "must be the nextCursor of an earlier answer");
    }
}
