package storm.store.sessions;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.store.StoreCalls;

/// Collection `refresh_tokens`: one live row per session (`usedAt` null), which moves from token to token, and one
/// row per token that was used, kept to its expiry.
///
/// The live row also names the token before (`previousHash`), so that a copy is found out even if the server dies
/// before it writes the row of the used one.
final class MongoSessionStore implements SessionStore {
    private final MongoCollection<Document> tokens;

    MongoSessionStore(MongoDatabase database) {
        tokens = database.getCollection("refresh_tokens");
    }

    @Override
    public void createIndexes() {
        StoreCalls.reaching(() -> {
            tokens.createIndex(Indexes.ascending("tokenHash"), new IndexOptions().unique(true));
            tokens.createIndex(Indexes.ascending("userId"));
            tokens.createIndex(Indexes.ascending("previousHash"));
            return tokens.createIndex(
                    Indexes.ascending("expiresAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
        });
    }

    @Override
    public void insert(StoredSession session, String tokenHash) {
        Document row = new Document("_id", new ObjectId())
                .append("userId", new ObjectId(session.userId().value()))
                .append("sessionId", session.id().value())
                .append("tokenHash", tokenHash)
                .append("previousHash", null)
                .append("credentialVersion", session.credentialVersion())
                .append("createdAt", Date.from(session.createdAt()))
                .append("lastUsedAt", Date.from(session.lastUsedAt()))
                .append("expiresAt", Date.from(session.expiresAt()))
                .append("usedAt", null)
                .append("address", session.address())
                .append("userAgent", session.userAgent());
        StoreCalls.reaching(() -> tokens.insertOne(row));
    }

    @Override
    public Rotation rotate(String tokenHash, String successorHash, Instant now, Instant expiresAt) {
        Bson current = and(eq("tokenHash", tokenHash), eq("usedAt", null), gt("expiresAt", Date.from(now)));
        Document before = StoreCalls.reaching(() -> tokens.findOneAndUpdate(
                current,
                combine(
                        set("tokenHash", successorHash),
                        set("previousHash", tokenHash),
                        set("lastUsedAt", Date.from(now)),
                        set("expiresAt", Date.from(expiresAt)))));
        if (before == null) {
            return usedBefore(tokenHash);
        }
        remember(before, now);
        before.append("lastUsedAt", Date.from(now)).append("expiresAt", Date.from(expiresAt));
        return new Rotation.Rotated(read(before));
    }

    private Rotation usedBefore(String tokenHash) {
        Bson used = or(eq("previousHash", tokenHash), and(eq("tokenHash", tokenHash), ne("usedAt", null)));
        Document row = StoreCalls.reaching(() -> tokens.find(used).first());
        return row == null ? new Rotation.Unknown() : new Rotation.Reused(userId(row));
    }

    private void remember(Document live, Instant now) {
        Document used = new Document("_id", new ObjectId())
                .append("userId", live.getObjectId("userId"))
                .append("sessionId", live.getString("sessionId"))
                .append("tokenHash", live.getString("tokenHash"))
                .append("expiresAt", live.getDate("expiresAt"))
                .append("createdAt", live.getDate("createdAt"))
                .append("usedAt", Date.from(now));
        try {
            StoreCalls.reaching(() -> tokens.insertOne(used));
        } catch (MongoException e) {
            if (!StoreCalls.isDuplicateKey(e)) {
                throw e;
            }
            // Somebody remembered it already.
        }
    }

    @Override
    public List<StoredSession> list(UserId userId, Instant now) {
        return StoreCalls.reaching(() -> tokens.find(live(userId, now))
                .sort(Sorts.descending("createdAt", "_id"))
                .map(MongoSessionStore::read)
                .into(new ArrayList<>()));
    }

    @Override
    public Optional<StoredSession> find(UserId userId, SessionId sessionId, Instant now) {
        return Optional.ofNullable(StoreCalls.reaching(() -> tokens.find(
                                and(live(userId, now), eq("sessionId", sessionId.value())))
                        .first()))
                .map(MongoSessionStore::read);
    }

    @Override
    public void keep(SessionId sessionId, long credentialVersion) {
        StoreCalls.reaching(() -> tokens.updateOne(
                and(eq("sessionId", sessionId.value()), eq("usedAt", null)),
                set("credentialVersion", credentialVersion)));
    }

    @Override
    public boolean end(UserId userId, SessionId sessionId) {
        Bson session = and(of(userId), eq("sessionId", sessionId.value()));
        return StoreCalls.reaching(() -> tokens.deleteMany(session)).getDeletedCount() > 0;
    }

    @Override
    public long endAll(UserId userId, Instant now) {
        return end(of(userId), userId, now);
    }

    @Override
    public long endOthers(UserId userId, SessionId kept, Instant now) {
        return end(and(of(userId), ne("sessionId", kept.value())), userId, now);
    }

    private long end(Bson which, UserId userId, Instant now) {
        long alive = StoreCalls.reaching(() -> tokens.countDocuments(and(which, live(userId, now))));
        StoreCalls.reaching(() -> tokens.deleteMany(which));
        return alive;
    }

    @Override
    public long removeExpired(Instant now) {
        return StoreCalls.reaching(() -> tokens.deleteMany(lte("expiresAt", Date.from(now))))
                .getDeletedCount();
    }

    private static Bson of(UserId userId) {
        return eq("userId", new ObjectId(userId.value()));
    }

    private static Bson live(UserId userId, Instant now) {
        return and(of(userId), eq("usedAt", null), gt("expiresAt", Date.from(now)));
    }

    private static UserId userId(Document row) {
        return new UserId(row.getObjectId("userId").toHexString());
    }

    private static StoredSession read(Document row) {
        return new StoredSession(
                new SessionId(row.getString("sessionId")),
                userId(row),
                row.get("credentialVersion", Number.class).longValue(),
                row.getDate("createdAt").toInstant(),
                row.getDate("lastUsedAt").toInstant(),
                row.getDate("expiresAt").toInstant(),
                row.getString("address"),
                row.getString("userAgent"));
    }
}
