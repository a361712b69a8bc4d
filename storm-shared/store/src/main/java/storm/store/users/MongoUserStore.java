package storm.store.users;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.protocol.WireEnum;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.protocol.users.Role;
import storm.store.StoreCalls;
import storm.store.pages.Keyset;
import storm.store.pages.PageRequest;

/// Collection `users`. `usernameKey` is the username in lower case, so that its unique index ignores case on every
/// server.
final class MongoUserStore implements UserStore {
    private static final String TAKEN = "username or e-mail is taken";
    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> users;
    private final AdminRoll admins;
    private final Clock clock;

    MongoUserStore(MongoDatabase database, Clock clock) {
        this.users = database.getCollection("users");
        this.admins = new AdminRoll(database);
        this.clock = clock;
    }

    @Override
    public void createIndexes() {
        StoreCalls.reaching(() -> {
            users.createIndex(Indexes.ascending("usernameKey"), new IndexOptions().unique(true));
            users.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
            return users.createIndex(
                    Indexes.compoundIndex(Indexes.ascending("isActive"), Indexes.descending("createdAt", "_id")));
        });
    }

    @Override
    public Account insert(NewAccount account) {
        Date now = now();
        Document row = new Document("_id", new ObjectId())
                .append("username", account.username())
                .append("usernameKey", key(account.username()))
                .append("email", account.email())
                .append("passwordHash", account.passwordHash())
                // Before the role: a reader that meets an update half-way, as the embedded store allows, then sees the
                // older version, which the roll of admins refuses.
                .append("standingVersion", 1L)
                .append("role", account.role().wire())
                .append("isActive", true)
                .append("credentialVersion", 1L)
                .append("createdAt", now)
                .append("updatedAt", now);
        StoreCalls.unlessTaken(TAKEN, () -> users.insertOne(row));
        if (account.role() == Role.ADMIN) {
            admins.join(row.getObjectId("_id"), 1);
        }
        return read(row);
    }

    @Override
    public Optional<Account> find(UserId id) {
        return first(byId(id));
    }

    @Override
    public Optional<Account> findByEmail(String email) {
        return first(eq("email", email));
    }

    @Override
    public List<Account> findAll(Collection<UserId> ids) {
        Bson filter = in("_id", ids.stream().map(id -> new ObjectId(id.value())).toList());
        return StoreCalls.reaching(
                () -> users.find(filter).map(MongoUserStore::read).into(new ArrayList<>()));
    }

    @Override
    public Page<Account> list(UserFilter filter, PageRequest page) {
        List<Bson> conditions = new ArrayList<>();
        conditions.add(eq("isActive", filter.active()));
        if (filter.role() != null) {
            conditions.add(eq("role", filter.role().wire()));
        }
        if (filter.prefix() != null) {
            Pattern prefix = Pattern.compile("^" + quoted(key(filter.prefix())));
            conditions.add(or(regex("usernameKey", prefix), regex("email", prefix)));
        }
        return Keyset.page(users, and(conditions), page, MongoUserStore::read);
    }

    @Override
    public Optional<Account> rename(UserId id, ProfileChange change) {
        List<Bson> updates = new ArrayList<>();
        updates.add(set("updatedAt", now()));
        if (change.username() != null) {
            updates.add(set("username", change.username()));
            updates.add(set("usernameKey", key(change.username())));
        }
        if (change.email() != null) {
            updates.add(set("email", change.email()));
        }
        return StoreCalls.unlessTaken(TAKEN, () -> update(byId(id), combine(updates)));
    }

    @Override
    public Optional<Account> changePassword(UserId id, String oldHash, String newHash) {
        return update(
                and(byId(id), eq("passwordHash", oldHash)),
                combine(set("passwordHash", newHash), set("updatedAt", now()), inc("credentialVersion", 1L)));
    }

    @Override
    public void rehash(UserId id, String oldHash, String newHash) {
        StoreCalls.reaching(
                () -> users.updateOne(and(byId(id), eq("passwordHash", oldHash)), set("passwordHash", newHash)));
    }

    @Override
    public void voidSessions(UserId id) {
        StoreCalls.reaching(() -> users.updateOne(byId(id), inc("credentialVersion", 1L)));
    }

    @Override
    public Optional<Account> changeStanding(Account expected, Role role, boolean active) {
        ObjectId id = new ObjectId(expected.id().value());
        boolean was = isActiveAdmin(expected);
        boolean becomes = role == Role.ADMIN && active;
        if (was && !becomes && !leaveRoll(id, expected.standingVersion())) {
            throw new StormException(ErrorCode.CONFLICT, "the last active admin stays an active admin");
        }
        List<Bson> updates = new ArrayList<>();
        updates.add(set("role", role.wire()));
        updates.add(set("isActive", active));
        updates.add(set("updatedAt", now()));
        updates.add(inc("standingVersion", 1L));
        if (!active) {
            updates.add(inc("credentialVersion", 1L));
        }
        Optional<Account> changed =
                update(and(byId(expected.id()), eq("standingVersion", expected.standingVersion())), combine(updates));
        // If somebody else was quicker, their standing may have been an admin's, whom we took off the roll.
        changed.or(() -> find(expected.id()))
                .filter(MongoUserStore::isActiveAdmin)
                .ifPresent(this::joinRoll);
        return changed;
    }

    private boolean leaveRoll(ObjectId id, long standing) {
        if (admins.leave(id, standing)) {
            return true;
        }
        // The roll may lack an admin who was promoted just before a crash.
        activeAdmins().forEach(this::joinRoll);
        return admins.leave(id, standing);
    }

    private void joinRoll(Account admin) {
        admins.join(new ObjectId(admin.id().value()), admin.standingVersion());
    }

    @Override
    public boolean hasActiveAdmin() {
        return !activeAdmins().isEmpty();
    }

    private List<Account> activeAdmins() {
        List<Account> found =
                StoreCalls.reaching(() -> users.find(and(eq("isActive", true), eq("role", Role.ADMIN.wire())))
                        .map(MongoUserStore::read)
                        .into(new ArrayList<>()));
        return found.stream().filter(MongoUserStore::isActiveAdmin).toList();
    }

    private static boolean isActiveAdmin(Account account) {
        return account.role() == Role.ADMIN && account.isActive();
    }

    @Override
    public void seen(UserId id, Instant at) {
        StoreCalls.reaching(() -> users.updateOne(byId(id), max("lastSeenAt", Date.from(at))));
    }

    private Optional<Account> first(Bson filter) {
        return Optional.ofNullable(StoreCalls.reaching(() -> users.find(filter).first()))
                .map(MongoUserStore::read);
    }

    private Optional<Account> update(Bson filter, Bson update) {
        return Optional.ofNullable(StoreCalls.reaching(() -> users.findOneAndUpdate(filter, update, AFTER)))
                .map(MongoUserStore::read);
    }

    private static Account read(Document row) {
        Date lastSeenAt = row.getDate("lastSeenAt");
        return new Account(
                new UserId(row.getObjectId("_id").toHexString()),
                row.getString("username"),
                row.getString("email"),
                row.getString("passwordHash"),
                WireEnum.of(Role.class, row.getString("role")),
                row.getBoolean("isActive", false),
                number(row, "credentialVersion"),
                number(row, "standingVersion"),
                lastSeenAt == null ? null : lastSeenAt.toInstant(),
                row.getDate("createdAt").toInstant(),
                row.getDate("updatedAt").toInstant());
    }

    private static long number(Document row, String field) {
        return row.get(field, Number.class).longValue();
    }

    private static Bson byId(UserId id) {
        return eq("_id", new ObjectId(id.value()));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Escapes what means something in a regular expression; `\Q…\E` is not known to every server.
    private static String quoted(String text) {
        return text.replaceAll("[^a-z0-9]", "\\\\$0");
    }

    private Date now() {
        return Date.from(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
