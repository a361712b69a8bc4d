package storm.store.channels;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.store.StoreCalls;
import storm.store.pages.Keyset;
import storm.store.pages.PageRequest;

/// Collection `channels`. A buried channel has `deletedAt`, no members, and its id in place of its name, so that
/// the name is free again.
final class MongoChannelStore implements ChannelStore {
    private static final String TAKEN = "the channel name is taken";
    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> channels;
    private final MongoCollection<Document> messages;
    private final MongoCollection<Document> readMarkers;
    private final Clock clock;

    MongoChannelStore(MongoDatabase database, Clock clock) {
        this.channels = database.getCollection("channels");
        this.messages = database.getCollection("messages");
        this.readMarkers = database.getCollection("read_markers");
        this.clock = clock;
    }

    @Override
    public void createIndexes() {
        StoreCalls.reaching(() -> {
            channels.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
            channels.createIndex(Indexes.ascending("members"));
            return channels.createIndex(
                    Indexes.compoundIndex(Indexes.ascending("isArchived"), Indexes.descending("createdAt", "_id")));
        });
    }

    @Override
    public StoredChannel insert(String name, String description, UserId creator) {
        Date now = now();
        ObjectId creatorId = objectId(creator);
        Document row = new Document("_id", new ObjectId())
                .append("name", name)
                .append("nameKey", key(name))
                .append("description", description)
                .append("createdBy", creatorId)
                .append("members", List.of(creatorId))
                .append("isArchived", false)
                .append("lastSeq", 0L)
                .append("createdAt", now)
                .append("updatedAt", now)
                .append("deletedAt", null)
                .append("version", 1L);
        StoreCalls.unlessTaken(TAKEN, () -> channels.insertOne(row));
        return read(row);
    }

    @Override
    public Optional<StoredChannel> find(ChannelId id) {
        return Optional.ofNullable(
                        StoreCalls.reaching(() -> channels.find(living(id)).first()))
                .map(MongoChannelStore::read);
    }

    @Override
    public Page<StoredChannel> list(ChannelFilter filter, PageRequest page) {
        List<Bson> conditions = new ArrayList<>();
        conditions.add(eq("deletedAt", null));
        if (filter.member() != null) {
            conditions.add(eq("members", objectId(filter.member())));
        }
        if (!filter.archived()) {
            conditions.add(eq("isArchived", false));
        }
        if (filter.prefix() != null) {
            conditions.add(regex("nameKey", Pattern.compile("^" + quoted(key(filter.prefix())))));
        }
        return Keyset.page(channels, and(conditions), page, MongoChannelStore::read);
    }

    @Override
    public Optional<StoredChannel> update(ChannelId id, ChannelPatch patch) {
        List<Bson> updates = new ArrayList<>();
        updates.add(set("updatedAt", now()));
        updates.add(inc("version", 1L));
        if (patch.name() != null) {
            updates.add(set("name", patch.name()));
            updates.add(set("nameKey", key(patch.name())));
        }
        if (patch.description() != null) {
            updates.add(set("description", patch.description()));
        }
        if (patch.archived() != null) {
            updates.add(set("isArchived", patch.archived()));
        }
        return StoreCalls.unlessTaken(TAKEN, () -> change(living(id), combine(updates)));
    }

    @Override
    public Optional<StoredChannel> addMember(ChannelId id, UserId user) {
        return change(
                and(living(id), ne("members", objectId(user))),
                combine(addToSet("members", objectId(user)), set("updatedAt", now())));
    }

    @Override
    public Optional<StoredChannel> removeMember(ChannelId id, UserId user) {
        return change(
                and(living(id), eq("members", objectId(user))),
                combine(pull("members", objectId(user)), set("updatedAt", now())));
    }

    @Override
    public Optional<StoredChannel> bury(ChannelId id) {
        String nameless = "deleted:" + id.value();
        Bson update = combine(
                set("deletedAt", now()),
                set("isArchived", true),
                set("members", List.of()),
                set("name", nameless),
                set("nameKey", nameless));
        return Optional.ofNullable(StoreCalls.reaching(() -> channels.findOneAndUpdate(living(id), update)))
                .map(MongoChannelStore::read);
    }

    @Override
    public List<ChannelId> buried(Instant before) {
        Bson filter = and(ne("deletedAt", null), lte("deletedAt", Date.from(before)));
        return StoreCalls.reaching(() -> channels.find(filter)
                .limit(1000)
                .map(row -> new ChannelId(row.getObjectId("_id").toHexString()))
                .into(new ArrayList<>()));
    }

    @Override
    public void removeContents(ChannelId id) {
        Bson ofChannel = eq("channelId", objectId(id));
        StoreCalls.reaching(
                () -> messages.withTimeout(SLOW.toSeconds(), TimeUnit.SECONDS).deleteMany(ofChannel));
        StoreCalls.reaching(() -> readMarkers.deleteMany(ofChannel));
    }

    @Override
    public void remove(ChannelId id) {
        StoreCalls.reaching(() -> channels.deleteOne(and(eq("_id", objectId(id)), ne("deletedAt", null))));
    }

    private Optional<StoredChannel> change(Bson filter, Bson update) {
        return Optional.ofNullable(StoreCalls.reaching(() -> channels.findOneAndUpdate(filter, update, AFTER)))
                .map(MongoChannelStore::read);
    }

    private static StoredChannel read(Document row) {
        return new StoredChannel(
                new ChannelId(row.getObjectId("_id").toHexString()),
                row.getString("name"),
                row.getString("description"),
                new UserId(row.getObjectId("createdBy").toHexString()),
                row.getList("members", ObjectId.class).stream()
                        .map(member -> new UserId(member.toHexString()))
                        .toList(),
                row.getBoolean("isArchived", false),
                row.get("lastSeq", Number.class).longValue(),
                row.getDate("createdAt").toInstant(),
                row.getDate("updatedAt").toInstant(),
                row.get("version", Number.class).longValue());
    }

    private static Bson living(ChannelId id) {
        return and(eq("_id", objectId(id)), eq("deletedAt", null));
    }

    private static ObjectId objectId(ChannelId id) {
        return new ObjectId(id.value());
    }

    private static ObjectId objectId(UserId id) {
        return new ObjectId(id.value());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Escapes what means something in a regular expression; `\Q…\E` is not known to every server.
    private static String quoted(String text) {
        return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
    }

    private Date now() {
        return Date.from(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
