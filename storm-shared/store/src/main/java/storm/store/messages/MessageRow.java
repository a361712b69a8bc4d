package storm.store.messages;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import storm.protocol.WireEnum;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;

/// A message to and from its row.
final class MessageRow {
    private MessageRow() {}

    static Document of(NewMessage message) {
        Date createdAt = Date.from(message.createdAt());
        return new Document("_id", new ObjectId())
                .append("messageId", message.messageId().value())
                .append("channelId", new ObjectId(message.channelId().value()))
                .append("senderId", new ObjectId(message.senderId().value()))
                .append("seq", message.seq())
                .append("encryptedContent", message.text().content())
                .append("iv", message.text().iv())
                .append("authTag", message.text().authTag())
                .append("keyId", message.text().keyId())
                .append("deliveryStatus", DeliveryStatus.PENDING.wire())
                .append("clientTs", Date.from(message.clientTs()))
                .append("createdAt", createdAt)
                .append("updatedAt", createdAt)
                .append("editedAt", null)
                .append("deletedAt", null);
    }

    static Bson text(EncryptedText text) {
        return combine(
                set("encryptedContent", text.content()),
                set("iv", text.iv()),
                set("authTag", text.authTag()),
                set("keyId", text.keyId()));
    }

    static Bson change(StoredMessage.Change change) {
        return set(
                "change",
                new Document("jobId", change.jobId())
                        .append("seq", change.seq())
                        .append("at", Date.from(change.at()))
                        .append("acceptedAt", Date.from(change.acceptedAt())));
    }

    static StoredMessage read(Document row) {
        Document change = row.get("change", Document.class);
        return new StoredMessage(
                row.getObjectId("_id").toHexString(),
                new MessageId(row.getString("messageId")),
                new ChannelId(row.getObjectId("channelId").toHexString()),
                new UserId(row.getObjectId("senderId").toHexString()),
                row.get("seq", Number.class).longValue(),
                new EncryptedText(
                        row.getString("keyId"),
                        row.getString("iv"),
                        row.getString("encryptedContent"),
                        row.getString("authTag")),
                WireEnum.of(DeliveryStatus.class, row.getString("deliveryStatus")),
                row.getDate("clientTs").toInstant(),
                row.getDate("createdAt").toInstant(),
                instant(row.getDate("editedAt")),
                change == null ? null : readChange(change),
                row.getDate("deletedAt") != null);
    }

    private static StoredMessage.Change readChange(Document change) {
        Instant at = change.getDate("at").toInstant();
        Instant acceptedAt = instant(change.getDate("acceptedAt"));
        return new StoredMessage.Change(
                change.getString("jobId"),
                change.get("seq", Number.class).longValue(),
                at,
                acceptedAt == null ? at : acceptedAt);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
