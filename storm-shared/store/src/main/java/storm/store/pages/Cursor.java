package storm.store.pages;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import org.bson.types.ObjectId;
import storm.protocol.errors.StormException;

/// Where a page ended: opaque to clients, base64url of (createdAt, _id).
public record Cursor(Instant createdAt, ObjectId id) {
    private static final int BYTES = Long.BYTES + 12;

    public String encode() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(createdAt.toEpochMilli())
                .put(id.toByteArray())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws StormException VALIDATION_ERROR if it is not one of ours
    public static Cursor decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                Cursor cursor = new Cursor(Instant.ofEpochMilli(bytes.getLong()), new ObjectId(bytes));
                if (cursor.encode().equals(text)) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException _) {
            // Not base64url: refused below like any other malformed cursor.
        }
        throw StormException.invalid("cursor", "must be the nextCursor of an earlier answer");
    }
}
