package storm.store.messages;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.rest.Page;
import storm.store.StoreCalls;
import storm.store.pages.Keyset;
import storm.store.pages.PageRequest;

/// Collection `messages`, as [MessageRow] writes it. A deleted message has `deletedAt` and no text.
final class MongoMessageStore implements MessageStore {
    private static final String UNIQUE_ID = "messageId_1";
    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> messages;
    private final Clock clock;

    MongoMessageStore(MongoDatabase database, Clock clock) {
        this.messages = database.getCollection("messages");
        this.clock = clock;
    }

    @Override
    public void createIndexes() {
        StoreCalls.reaching(() -> {
            IndexOptions unique = new IndexOptions().unique(true);
            messages.createIndex(Indexes.ascending("messageId"), unique.name(UNIQUE_ID));
            messages.createIndex(Indexes.ascending("channelId", "seq"), new IndexOptions().unique(true));
            messages.createIndex(
                    Indexes.compoundIndex(Indexes.ascending("channelId"), Indexes.descending("createdAt", "_id")));
            return messages.createIndex(
                    Indexes.compoundIndex(Indexes.ascending("senderId"), Indexes.descending("createdAt")));
        });
    }

    @Override
    public Set<MessageId> insert(List<NewMessage> added) {
        List<Document> rows = added.stream().map(MessageRow::of).toList();
        return StoreCalls.reaching(() -> {
            try {
                messages.insertMany(rows, new InsertManyOptions().ordered(false));
                return Set.of();
            } catch (MongoBulkWriteException e) {
                return storedBefore(added, e);
            }
        });
    }

    /// Reads the write errors, not the counts, which not every server gets right after a duplicate.
    private static Set<MessageId> storedBefore(List<NewMessage> added, MongoBulkWriteException e) {
        if (e.getWriteConcernError() != null) {
            throw e;
        }
        Set<MessageId> before = new HashSet<>();
        for (BulkWriteError error : e.getWriteErrors()) {
            if (error.getCategory() != ErrorCategory.DUPLICATE_KEY
                    || !error.getMessage().contains("messageId")) {
                throw e;
            }
            before.add(added.get(error.getIndex()).messageId());
        }
        return before;
    }

    @Override
    public List<StoredMessage> findAll(Collection<MessageId> ids) {
        return read(in("messageId", values(ids)), Sorts.ascending("seq"), ids.size());
    }

    @Override
    public Optional<StoredMessage> find(ChannelId channel, MessageId id) {
        Bson filter = and(of(id), eq("channelId", new ObjectId(channel.value())), living());
        return Optional.ofNullable(
                        StoreCalls.reaching(() -> messages.find(filter).first()))
                .map(MessageRow::read);
    }

    @Override
    public void delivered(Collection<MessageId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        // By the id alone: with another condition beside it the embedded server reads the whole collection.
        StoreCalls.reaching(() -> messages.updateMany(
                in("messageId", values(ids)),
                combine(set("deliveryStatus", DeliveryStatus.DELIVERED.wire()), set("updatedAt", now()))));
    }

    @Override
    public void failed(MessageId id) {
        Bson filter = and(of(id), unpublished());
        StoreCalls.reaching(() -> messages.updateOne(
                filter, combine(set("deliveryStatus", DeliveryStatus.FAILED.wire()), set("updatedAt", now()))));
    }

    @Override
    public boolean moveSeq(MessageId id, long from, long to) {
        return change(and(of(id), eq("seq", from), unpublished()), set("seq", to));
    }

    @Override
    public Optional<StoredMessage> edit(MessageId id, EncryptedText text, StoredMessage.Change change) {
        return made(
                id,
                and(of(id), living(), ne("change.jobId", change.jobId())),
                combine(
                        MessageRow.text(text),
                        MessageRow.change(change),
                        set("editedAt", Date.from(change.at())),
                        set("updatedAt", now())),
                change);
    }

    @Override
    public Optional<StoredMessage> delete(MessageId id, StoredMessage.Change change) {
        return made(
                id,
                and(of(id), living()),
                combine(
                        MessageRow.text(EncryptedText.NONE),
                        MessageRow.change(change),
                        set("deletedAt", Date.from(change.at())),
                        set("updatedAt", now())),
                change);
    }

    /// Makes a change, or finds it made: then the row carries its job id.
    private Optional<StoredMessage> made(MessageId id, Bson open, Bson update, StoredMessage.Change change) {
        return StoreCalls.reaching(() -> {
            Document after = messages.findOneAndUpdate(open, update, AFTER);
            if (after == null) {
                after = messages.find(and(of(id), eq("change.jobId", change.jobId())))
                        .first();
            }
            return Optional.ofNullable(after).map(MessageRow::read);
        });
    }

    @Override
    public boolean moveChangeSeq(MessageId id, long from, long to) {
        return change(and(of(id), eq("change.seq", from)), set("change.seq", to));
    }

    @Override
    public Page<StoredMessage> list(ChannelId channel, PageRequest page) {
        return Keyset.page(
                messages, and(eq("channelId", new ObjectId(channel.value())), living()), page, MessageRow::read);
    }

    @Override
    public List<StoredMessage> before(ChannelId channel, @Nullable Long beforeSeq, int limit) {
        Bson ofChannel = and(eq("channelId", new ObjectId(channel.value())), living());
        return read(
                beforeSeq == null ? ofChannel : and(ofChannel, lt("seq", beforeSeq)), Sorts.descending("seq"), limit);
    }

    @Override
    public List<StoredMessage> after(ChannelId channel, long afterSeq, int limit) {
        Bson filter = and(eq("channelId", new ObjectId(channel.value())), living(), gt("seq", afterSeq));
        return read(filter, Sorts.ascending("seq"), limit);
    }

    @Override
    public List<StoredMessage> notUnder(String keyId, @Nullable String afterId, int limit) {
        Bson others = and(ne("keyId", keyId), living());
        return read(
                afterId == null ? others : and(gt("_id", new ObjectId(afterId)), others),
                Sorts.ascending("_id"),
                limit);
    }

    @Override
    public long countNotUnder(String keyId) {
        return StoreCalls.reaching(() -> messages.countDocuments(and(ne("keyId", keyId), living())));
    }

    @Override
    public boolean anyUnder(String keyId) {
        return !read(eq("keyId", keyId), Sorts.ascending("_id"), 1).isEmpty();
    }

    @Override
    public void rekey(List<Rekeyed> rekeyed) {
        if (rekeyed.isEmpty()) {
            return;
        }
        List<UpdateOneModel<Document>> updates = rekeyed.stream()
                .map(each -> new UpdateOneModel<Document>(
                        and(
                                of(each.id()),
                                eq("iv", each.from().iv()),
                                eq("keyId", each.from().keyId())),
                        MessageRow.text(each.to())))
                .toList();
        StoreCalls.reaching(() -> messages.bulkWrite(updates, new BulkWriteOptions().ordered(false)));
    }

    private boolean change(Bson filter, Bson update) {
        return StoreCalls.reaching(() -> messages.updateOne(filter, update)).getMatchedCount() == 1;
    }

    private List<StoredMessage> read(Bson filter, Bson sort, int limit) {
        return StoreCalls.reaching(() -> messages.find(filter)
                .sort(sort)
                .limit(limit)
                .map(MessageRow::read)
                .into(new ArrayList<>()));
    }

    private static Bson of(MessageId id) {
        return eq("messageId", id.value());
    }

    private static Bson living() {
        return eq("deletedAt", null);
    }

    private static Bson unpublished() {
        return ne("deliveryStatus", DeliveryStatus.DELIVERED.wire());
    }

    private static List<String> values(Collection<MessageId> ids) {
        return ids.stream().map(MessageId::value).toList();
    }

    private Date now() {
        return Date.from(clock.instant());
    }
}
