package storm.store.messages;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import storm.protocol.WireEnum;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.messages.Message;
import storm.protocol.rest.Page;
import storm.store.StoreCalls;
import storm.store.pages.Keyset;
import storm.store.pages.PageRequest;

/// Reads what is known of messages but their texts, which it has no key for and does not fetch. Collection
/// `messages`.
///
/// Every method throws SERVICE_UNAVAILABLE if the database is out of reach.
public class MessageMetadata {
    private static final Bson WITHOUT_TEXT = Projections.exclude("encryptedContent", "iv", "authTag");

    private final MongoCollection<Document> messages;

    public MessageMetadata(MongoDatabase database) {
        messages = database.getCollection("messages");
    }

    /// The messages of a channel, newest first.
    public Page<Message> list(ChannelId channel, PageRequest page) {
        Bson filter = and(eq("channelId", new ObjectId(channel.value())), eq("deletedAt", null));
        return Keyset.page(messages, filter, WITHOUT_TEXT, page, MessageMetadata::read);
    }

    /// A message of a channel.
    public Optional<Message> find(ChannelId channel, MessageId id) {
        Bson filter =
                and(eq("messageId", id.value()), eq("channelId", new ObjectId(channel.value())), eq("deletedAt", null));
        return Optional.ofNullable(StoreCalls.reaching(
                        () -> messages.find(filter).projection(WITHOUT_TEXT).first()))
                .map(MessageMetadata::read);
    }

    private static Message read(Document row) {
        return new Message(
                row.getObjectId("_id").toHexString(),
                new MessageId(row.getString("messageId")),
                new ChannelId(row.getObjectId("channelId").toHexString()),
                new UserId(row.getObjectId("senderId").toHexString()),
                row.get("seq", Number.class).longValue(),
                null,
                WireEnum.of(DeliveryStatus.class, row.getString("deliveryStatus")),
                row.getDate("clientTs").toInstant(),
                row.getDate("createdAt").toInstant(),
                instant(row.getDate("editedAt")));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
