package storm.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.protocol.audit.AuditEntry;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.store.TestDatabase;
import storm.store.pages.Cursor;
import storm.store.pages.PageRequest;

class AuditStoreIT {
    private static final Instant NOON = Instant.parse("2030-01-31T12:00:00.123Z");

    private final TestDatabase mongo = new TestDatabase();
    // What JNoSQL writes for a row; the repository itself needs a server, and the end-to-end tests have one.
    private final AuditStore store = new AuditStore(
            mongo.database(),
            row -> mongo.database()
                    .getCollection("audit_log")
                    .insertOne(new Document("_id", new ObjectId(row.id()))
                            .append("actorId", new ObjectId(row.actorId()))
                            .append("action", row.action())
                            .append("target", row.target())
                            .append("details", new Document(Map.copyOf(row.details())))
                            .append("createdAt", Date.from(row.createdAt()))
                            .append("requestId", row.requestId())));
    private final UserId ann = new UserId(new ObjectId().toHexString());
    private final UserId bob = new UserId(new ObjectId().toHexString());

    @BeforeEach
    void fill() {
        store.createIndexes();
        append(ann, "user.role.assign", "user:a", 0);
        append(ann, "user.update", "user:ab", 1);
        append(bob, "channel.update", "channel:a", 2);
        append(bob, "user.update", "user:a", 3);
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    private void append(UserId actor, String action, String target, int minute) {
        store.append(new AuditEntry(
                AuditStore.newId(),
                actor,
                action,
                target,
                Map.of("before", "x"),
                NOON.plusSeconds(60L * minute),
                "request-" + minute));
    }

    private List<String> found(
            @Nullable UserId actor,
            @Nullable String action,
            @Nullable String target,
            @Nullable Instant from,
            @Nullable Instant to) {
        return store.list(new AuditFilter(actor, action, target, from, to), PageRequest.first(10)).items().stream()
                .map(AuditEntry::requestId)
                .toList();
    }

    @Test
    void entriesComeBackAsTheyWereNewestFirst() {
        assertThat(found(null, null, null, null, null))
                .containsExactly("request-3", "request-2", "request-1", "request-0");
        assertThat(store.list(AuditFilter.ALL, PageRequest.first(1)).items())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo(bob);
                    assertThat(entry.details()).isEqualTo(Map.of("before", "x"));
                    assertThat(entry.createdAt()).isEqualTo(NOON.plusSeconds(180));
                });
    }

    @Test
    void eachConditionNarrowsTheListAndAllMustHold() {
        assertThat(found(ann, null, null, null, null)).containsExactly("request-1", "request-0");
        assertThat(found(null, "user.", null, null, null)).containsExactly("request-3", "request-1", "request-0");
        assertThat(found(null, "user.update", null, null, null)).containsExactly("request-3", "request-1");
        assertThat(found(null, null, "user:a", null, null)).containsExactly("request-3", "request-1", "request-0");
        assertThat(found(bob, "user.", "user:a", null, null)).containsExactly("request-3");
        assertThat(found(ann, "channel.", null, null, null)).isEmpty();
    }

    @Test
    void textIsNoPattern() {
        for (String text : List.of(".*", "^user", "$ne", "user.*", "%")) {
            assertThat(found(null, text, null, null, null)).as(text).isEmpty();
        }
    }

    @Test
    void theFirstMomentCountsAndTheLastDoesNot() {
        assertThat(found(null, null, null, NOON.plusSeconds(60), NOON.plusSeconds(180)))
                .containsExactly("request-2", "request-1");
    }

    @Test
    void filteredPagesGoOnWhereTheyEnded() {
        AuditFilter users = new AuditFilter(null, "user.", null, null, null);
        List<String> read = new ArrayList<>();
        PageRequest request = PageRequest.first(2);
        for (int pages = 0; pages < 5; pages++) {
            Page<AuditEntry> page = store.list(users, request);
            page.items().forEach(entry -> read.add(entry.requestId()));
            if (page.nextCursor() == null) {
                break;
            }
            request = new PageRequest(2, Cursor.decode(page.nextCursor()));
        }
        assertThat(read).containsExactly("request-3", "request-1", "request-0");
    }
}
