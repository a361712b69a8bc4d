package storm.store.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.rest.Page;
import storm.protocol.users.Role;
import storm.store.TestDatabase;
import storm.store.pages.Cursor;
import storm.store.pages.PageRequest;

class UserStoreIT {
    private final TestDatabase mongo = new TestDatabase();
    private final UserStore users = UserStore.in(mongo.database(), Clock.systemUTC());

    @BeforeEach
    void createIndexes() {
        users.createIndexes();
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    private Account user(String name, Role role) {
        return users.insert(
                new NewAccount(name, name.toLowerCase(java.util.Locale.ROOT) + "@example.org", "hash", role));
    }

    private static void conflict(ThrowingCallable call) {
        assertThatExceptionOfType(StormException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void usernameIsTakenInAnyCase() {
        user("Ann", Role.MEMBER);

        conflict(() -> users.insert(new NewAccount("aNN", "other@example.org", "hash", Role.MEMBER)));
        conflict(() -> users.insert(new NewAccount("Bea", "ann@example.org", "hash", Role.MEMBER)));
    }

    @RepeatedTest(50)
    void ofRacingRegistrationsOneWins() {
        Callable<Boolean> register = () -> {
            try {
                user("Ann", Role.MEMBER);
                return true;
            } catch (StormException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                return false;
            }
        };

        assertThat(TestDatabase.race(List.of(register, register, register, register)))
                .containsOnlyOnce(true);
    }

    @Test
    void renameToATakenNameIsAConflict() {
        user("Ann", Role.MEMBER);
        Account bea = user("Bea", Role.MEMBER);

        conflict(() -> users.rename(bea.id(), new ProfileChange("ANN", null)));
        conflict(() -> users.rename(bea.id(), new ProfileChange(null, "ann@example.org")));
        assertThat(users.rename(bea.id(), new ProfileChange("BEA", null))
                        .orElseThrow()
                        .username())
                .isEqualTo("BEA");
    }

    @RepeatedTest(50)
    void twoAdminsWhoDemoteEachOtherLeaveOne() {
        Account ann = user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.ADMIN);

        List<Boolean> demoted = TestDatabase.race(List.of(() -> demote(ann), () -> demote(bea)));

        assertThat(demoted).containsExactlyInAnyOrder(true, false);
        assertThat(users.list(new UserFilter(null, Role.ADMIN, true), PageRequest.first(10))
                        .items())
                .hasSize(1);
    }

    private boolean demote(Account admin) {
        try {
            return users.changeStanding(admin, Role.MEMBER, true).isPresent();
        } catch (StormException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
            return false;
        }
    }

    @RepeatedTest(20)
    void manyAdminsWhoLeaveAtOnceLeaveOne() {
        List<Account> admins = List.of(
                user("A_1", Role.ADMIN), user("A_2", Role.ADMIN), user("A_3", Role.ADMIN), user("A_4", Role.ADMIN));

        List<Boolean> left = TestDatabase.race(admins.stream()
                .<Callable<Boolean>>map(admin -> () -> demote(admin))
                .toList());

        assertThat(left).filteredOn(gone -> gone).hasSize(3);
    }

    @Test
    void lastActiveAdminStays() {
        Account ann = user("Ann", Role.ADMIN);

        conflict(() -> users.changeStanding(ann, Role.MODERATOR, true));
        conflict(() -> users.changeStanding(ann, Role.ADMIN, false));
        assertThat(users.hasActiveAdmin()).isTrue();
    }

    @Test
    void promotedMemberLetsTheFirstAdminGo() {
        Account ann = user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.MEMBER);
        users.changeStanding(bea, Role.ADMIN, true);

        assertThat(users.changeStanding(ann, Role.ADMIN, false)).isPresent();
        Account now = users.find(bea.id()).orElseThrow();
        conflict(() -> users.changeStanding(now, Role.MEMBER, true));
    }

    @Test
    void adminWhomACrashKeptOffTheRollCounts() {
        Account ann = user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.ADMIN);
        mongo.database().getCollection("rolls").drop();

        assertThat(users.changeStanding(ann, Role.MEMBER, true)).isPresent();
        conflict(() -> users.changeStanding(bea, Role.MEMBER, true));
    }

    @Test
    void demotionThatACrashCutShortCanBeRepeated() {
        Account ann = user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.ADMIN);
        new AdminRoll(mongo.database()).leave(new ObjectId(ann.id().value()), ann.standingVersion());

        conflict(() -> users.changeStanding(bea, Role.MEMBER, true));
        assertThat(users.changeStanding(ann, Role.MEMBER, true)).isPresent();
        conflict(() -> users.changeStanding(bea, Role.MEMBER, true));
    }

    @RepeatedTest(50)
    void promotionThatRacesADemotionIsNeverCountedTwice() {
        Account ann = user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.MEMBER);

        TestDatabase.race(List.<Callable<Object>>of(
                () -> users.changeStanding(bea, Role.ADMIN, true),
                () -> users.find(bea.id())
                        .filter(now -> now.role() == Role.ADMIN)
                        .map(this::demote),
                () -> users.find(bea.id())
                        .filter(now -> now.role() == Role.ADMIN)
                        .map(this::demote),
                () -> demote(ann)));

        assertThat(users.hasActiveAdmin()).isTrue();
    }

    @Test
    void standingChangedMeanwhileIsNotOverwritten() {
        user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.MEMBER);
        users.changeStanding(bea, Role.MODERATOR, true);

        assertThat(users.changeStanding(bea, Role.MEMBER, false)).isEmpty();
    }

    @Test
    void deactivationVoidsRefreshTokens() {
        user("Ann", Role.ADMIN);
        Account bea = user("Bea", Role.MEMBER);

        Account after = users.changeStanding(bea, Role.MEMBER, false).orElseThrow();

        assertThat(after.credentialVersion()).isGreaterThan(bea.credentialVersion());
    }

    @Test
    void passwordChangesOnlyFromTheKnownHash() {
        Account ann = user("Ann", Role.MEMBER);

        assertThat(users.changePassword(ann.id(), "other hash", "new")).isEmpty();
        assertThat(users.changePassword(ann.id(), "hash", "new").orElseThrow().credentialVersion())
                .isEqualTo(ann.credentialVersion() + 1);
    }

    @Test
    void listFindsByBeginningOfNameOrEmailAndRole() {
        user("Ann", Role.MEMBER);
        user("Annika", Role.MODERATOR);
        user("Bea.x".replace('.', '_'), Role.MEMBER);

        assertThat(names(new UserFilter("ANN", null, true))).containsExactly("Annika", "Ann");
        assertThat(names(new UserFilter("ann@", null, true))).containsExactly("Ann");
        assertThat(names(new UserFilter("ann", Role.MODERATOR, true))).containsExactly("Annika");
        assertThat(names(new UserFilter("a.n", null, true))).isEmpty();
        assertThat(names(new UserFilter(".*", null, true))).isEmpty();
        assertThat(names(new UserFilter(null, null, false))).isEmpty();
    }

    private List<String> names(UserFilter filter) {
        return users.list(filter, PageRequest.first(10)).items().stream()
                .map(Account::username)
                .toList();
    }

    @Test
    void pagesAreCompleteWhenAllTimesAreEqual() {
        java.util.Date same = java.util.Date.from(Instant.parse("2026-03-01T12:00:00Z"));
        for (int i = 0; i < 25; i++) {
            user("user_" + UUID.randomUUID().toString().substring(0, 8), Role.MEMBER);
        }
        mongo.database()
                .getCollection("users")
                .updateMany(new Document(), new Document("$set", new Document("createdAt", same)));

        java.util.Set<String> seen = new java.util.HashSet<>();
        PageRequest request = PageRequest.first(10);
        int pages = 0;
        while (true) {
            Page<Account> page = users.list(new UserFilter(null, null, true), request);
            page.items()
                    .forEach(account -> assertThat(seen.add(account.username())).isTrue());
            pages++;
            String next = page.nextCursor();
            if (next == null) {
                break;
            }
            request = new PageRequest(10, Cursor.decode(next));
        }

        assertThat(seen).hasSize(25);
        assertThat(pages).isEqualTo(3);
    }
}
