package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.errors.ErrorCode;

/// The rows `/users…`, and the rules about roles.
class UsersRowsIT extends RestTest {
    UsersRowsIT(Storm storm) {
        super(storm);
    }

    @Test
    @Row("GET /users")
    void staffFindsUsersByTheBeginningOfNameOrEmailInAnyCase() {
        Person ann = people.join("Findable");
        PlainRest moderator = cast().moderator().rest();
        String name = ann.username();

        for (String q :
                List.of(name, name.toUpperCase(Locale.ROOT), name.substring(0, name.length() - 1), ann.email())) {
            assertThat(texts(good(moderator.get("/users?q=" + q.replace("@", "%40")), 200), "users", "username"))
                    .as(q)
                    .contains(name);
        }
        JsonObject found = objects(good(moderator.get("/users?q=" + name), 200), "users")
                .findFirst()
                .orElseThrow();
        assertThat(found.getString("email")).isEqualTo(ann.email());
        assertThat(found.keySet()).contains("id", "username", "role", "isActive", "createdAt");
        assertThat(good(moderator.get("/users?q=.*"), 200).getJsonArray("users"))
                .isEmpty();
        assertThat(good(moderator.get("/users?q=%5Cw"), 200).getJsonArray("users"))
                .isEmpty();
    }

    @Test
    @Row("GET /users")
    void theListIsOfActiveUsersUnlessAskedOtherwise() {
        Person gone = people.join("gone");
        good(delete(cast().admin().rest(), "/users/" + gone.id()), 200);
        PlainRest moderator = cast().moderator().rest();

        assertThat(texts(good(moderator.get("/users?q=" + gone.username()), 200), "users", "id"))
                .isEmpty();
        assertThat(texts(good(moderator.get("/users?active=false&q=" + gone.username()), 200), "users", "id"))
                .containsExactly(gone.id().value());
        assertThat(texts(good(moderator.get("/users?role=admin"), 200), "users", "role"))
                .isNotEmpty()
                .containsOnly("admin");
        assertThat(texts(good(moderator.get("/users?role=moderator&q=mod"), 200), "users", "id"))
                .contains(cast().moderator().id().value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role=emperor",
                "role=",
                "active=yes",
                "active=",
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=",
                "limit=1e1",
                "limit=99999999999",
                "cursor=nonsense",
                "cursor=",
                "cursor=%00"
            })
    @Row({"GET /users", "VALIDATION_ERROR"})
    void aWrongQueryNamesItsParameter(String query) {
        JsonObject details = refused(cast().moderator().rest().get("/users?" + query), ErrorCode.VALIDATION_ERROR);
        assertThat(details.keySet()).containsExactly(query.substring(0, query.indexOf('=')));
    }

    @Test
    @Row({"GET /users", "FORBIDDEN"})
    void membersMayNotListUsers() {
        refused(cast().ann().rest().get("/users"), ErrorCode.FORBIDDEN);
        refused(stranger().get("/users"), ErrorCode.UNAUTHORIZED);
        refused(cast().moderator().rest().get("/users?q=" + "x".repeat(255)), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("GET /users/me")
    void everybodySeesThemselvesWithTheirEmail() {
        Person ann = cast().ann();
        JsonObject me = good(ann.rest().get("/users/me"), 200);
        assertThat(me.getString("id")).isEqualTo(ann.id().value());
        assertThat(me.getString("email")).isEqualTo(ann.email());
        assertThat(me.toString()).doesNotContain("assword");
        refused(stranger().get("/users/me"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("PATCH /users/me")
    void oneChangesOnesOwnNameAndEmail() {
        Person ann = people.join("old");
        String name = Words.name("renamed");
        String email = name + "@" + Words.EMAIL + ".example";

        assertThat(good(patch(ann.rest(), "/users/me", json("username", name)), 200)
                        .getString("username"))
                .isEqualTo(name);
        assertThat(good(patch(ann.rest(), "/users/me", json("email", email.toUpperCase(Locale.ROOT))), 200)
                        .getString("email"))
                .isEqualTo(email.toLowerCase(Locale.ROOT));
        good(stranger().post("/auth/login", json("email", email, "password", ann.password())), 200);
        // One's own name again, in another case, is not somebody else's.
        good(patch(ann.rest(), "/users/me", json("username", name.toUpperCase(Locale.ROOT))), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"role\":\"admin\"}",
                "{\"username\":\"x\"}",
                "{\"email\":\"x\"}",
                "{\"username\":7}",
                "{\"username\":null}"
            })
    @Row("PATCH /users/me")
    void aProfileChangeNeedsAGoodFieldAndNoneOfStaff(String body) {
        refused(patch(cast().ann().rest(), "/users/me", body), ErrorCode.VALIDATION_ERROR);
        assertThat(good(cast().ann().rest().get("/users/me"), 200).getString("role"))
                .isEqualTo("member");
    }

    @Test
    @Row({"PATCH /users/me", "CONFLICT"})
    void namesOfOthersConflict() {
        Person bob = cast().bob();
        refused(patch(cast().ann().rest(), "/users/me", json("username", bob.username())), ErrorCode.CONFLICT);
        refused(patch(cast().ann().rest(), "/users/me", json("email", bob.email())), ErrorCode.CONFLICT);
        refused(patch(stranger(), "/users/me", json("email", bob.email())), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("PUT /users/me/password")
    void aNewPasswordEndsEveryOtherSessionAndKeepsThisOne() {
        Person ann = people.join("ann");
        JsonObject other = good(stranger().post("/auth/login", credentials(ann)), 200);
        Words.keep(other.getString("refreshToken"));
        String next = Words.PASSWORD + "-Next1";
        PlainSocket mine = ann.socket();

        assertThat(good(
                        put(
                                ann.rest(),
                                "/users/me/password",
                                json("currentPassword", ann.password(), "newPassword", next)),
                        200))
                .isEmpty();

        refused(stranger().withToken(other.getString("accessToken")).get("/users/me"), ErrorCode.TOKEN_REVOKED);
        refused(stranger().post("/auth/refresh", refreshWith(other.getString("refreshToken"))), ErrorCode.UNAUTHORIZED);
        good(ann.rest().get("/users/me"), 200);
        mine.settle();
        assertThat(mine.isOpen()).isTrue();
        refused(stranger().post("/auth/login", credentials(ann)), ErrorCode.UNAUTHORIZED);
        good(stranger().post("/auth/login", json("email", ann.email(), "password", next)), 200);
    }

    @Test
    @Row("PUT /users/me/password")
    void aWrongOldOrAWeakNewPasswordChangesNothing() {
        Person ann = people.join("ann");
        refused(
                put(
                        ann.rest(),
                        "/users/me/password",
                        json("currentPassword", ann.password() + "?", "newPassword", Words.PASSWORD + "-Next1")),
                ErrorCode.UNAUTHORIZED);
        assertThat(refused(
                                put(
                                        ann.rest(),
                                        "/users/me/password",
                                        json("currentPassword", ann.password(), "newPassword", "weak")),
                                ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly("newPassword");
        good(stranger().post("/auth/login", credentials(ann)), 200);
        refused(put(stranger(), "/users/me/password", "{}"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("GET /users/{userId}")
    void emailsAreForOneselfAndThoseWhoMayList() {
        Person ann = cast().ann();
        String path = "/users/" + ann.id();
        assertThat(good(cast().bob().rest().get(path), 200).keySet())
                .contains("username")
                .doesNotContain("email");
        assertThat(good(ann.rest().get(path), 200).getString("email")).isEqualTo(ann.email());
        assertThat(good(cast().moderator().rest().get(path), 200).getString("email"))
                .isEqualTo(ann.email());
        refused(ann.rest().get("/users/" + NO_ID), ErrorCode.NOT_FOUND);
        refused(stranger().get(path), ErrorCode.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "0123456789abcdef0123456",
                "0123456789abcdef012345678",
                "0123456789abcdef0123456g",
                "%20"
            })
    @Row("GET /users/{userId}")
    void anIdThatIsNoneIsMalformed(String id) {
        assertThat(refused(cast().ann().rest().get("/users/" + id), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly("userId");
    }

    /// The container refuses these by itself, in our words.
    @ParameterizedTest
    @ValueSource(strings = {"me%2F", "%2e%2e", "a%5Cb", "%2E"})
    @Row("GET /users/{userId}")
    void whatIsNoSegmentIsMalformedToo(String segment) {
        refused(cast().ann().rest().get("/users/" + segment), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row({"PATCH /users/{userId}", "TOKEN_REVOKED"})
    void aChangedRoleHoldsAtOnceAndOldTokensAreOut() {
        Person ann = people.join("ann");
        PlainSocket socket = ann.socket();

        assertThat(good(patch(cast().moderator().rest(), "/users/" + ann.id(), json("role", "moderator")), 200)
                        .getString("role"))
                .isEqualTo("moderator");

        refused(ann.rest().get("/users/me"), ErrorCode.TOKEN_REVOKED);
        assertThat(socket.closeCode()).isEqualTo(4001);
        good(people.signIn(ann.email(), ann.password()).rest().get("/users"), 200);
    }

    @Test
    @Row("PATCH /users/{userId}")
    void adminsChangeNamesAndActivity() {
        Person ann = people.join("ann");
        PlainRest admin = cast().admin().rest();
        String name = Words.name("renamed");
        String path = "/users/" + ann.id();

        assertThat(good(patch(admin, path, json("username", name)), 200).getString("username"))
                .isEqualTo(name);
        assertThat(good(patch(admin, path, json("isActive", false)), 200).getBoolean("isActive"))
                .isFalse();
        refused(ann.rest().get("/users/me"), ErrorCode.TOKEN_REVOKED);
        refused(stranger().post("/auth/login", credentials(ann)), ErrorCode.UNAUTHORIZED);
        assertThat(good(patch(admin, path, json("isActive", true)), 200).getBoolean("isActive"))
                .isTrue();
        good(stranger().post("/auth/login", credentials(ann)), 200);
        refused(patch(admin, path, json("username", cast().bob().username())), ErrorCode.CONFLICT);
        refused(patch(admin, "/users/" + NO_ID, json("role", "member")), ErrorCode.NOT_FOUND);
    }

    @ParameterizedTest(name = "{0} makes a {1} a {2}: {3}")
    @CsvSource({
        "member,    member,    moderator, 403",
        "member,    moderator, member,    403",
        "moderator, member,    moderator, 200",
        "moderator, moderator, member,    200",
        "moderator, member,    admin,     403",
        "moderator, admin,     member,    403",
        "moderator, admin,     moderator, 403",
        "admin,     member,    moderator, 200",
        "admin,     member,    admin,     200",
        "admin,     moderator, admin,     200",
        "admin,     admin,     moderator, 200",
        "admin,     admin,     member,    200",
    })
    @Row({"PATCH /users/{userId}", "user:role:assign"})
    void whoMayAssignWhichRole(String actor, String before, String after, int status) {
        Person target = joinAs(before);
        Person who =
                actor.equals("member") ? cast().ann() : actor.equals("admin") ? cast().admin() : cast().moderator();

        assertThat(patch(who.rest(), "/users/" + target.id(), json("role", after))
                        .status())
                .isEqualTo(status);

        assertThat(good(cast().admin().rest().get("/users/" + target.id()), 200).getString("role"))
                .isEqualTo(status == 200 ? after : before);
        // Nobody is left an admin: the last one's rules are tested with one.
        good(patch(cast().admin().rest(), "/users/" + target.id(), json("role", "member")), 200);
    }

    @Test
    @Row("PATCH /users/{userId}")
    void nobodyChangesTheirOwnRole() {
        refused(
                patch(cast().admin().rest(), "/users/" + cast().admin().id(), json("role", "member")),
                ErrorCode.FORBIDDEN);
        refused(
                patch(cast().moderator().rest(), "/users/" + cast().moderator().id(), json("role", "member")),
                ErrorCode.FORBIDDEN);
    }

    @Test
    @Row({"PATCH /users/{userId}", "DELETE /users/{userId}"})
    void theLastActiveAdminStaysOne() {
        Person admin = cast().admin();
        texts(good(admin.rest().get("/users?role=admin&limit=100"), 200), "users", "id").stream()
                .filter(id -> !id.equals(admin.id().value()))
                .forEach(id -> good(patch(admin.rest(), "/users/" + id, json("role", "member")), 200));

        refused(patch(admin.rest(), "/users/" + admin.id(), json("isActive", false)), ErrorCode.CONFLICT);
        refused(delete(admin.rest(), "/users/" + admin.id()), ErrorCode.CONFLICT);
        good(admin.rest().get("/users/me"), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"role\":\"emperor\"}",
                "{\"role\":7}",
                "{\"isActive\":\"no\"}",
                "{\"username\":\"\"}",
                "{\"email\":\"@\"}"
            })
    @Row("PATCH /users/{userId}")
    void aWrongChangeIsMalformed(String body) {
        refused(patch(cast().admin().rest(), "/users/" + cast().ann().id(), body), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row({"PATCH /users/{userId}", "FORBIDDEN"})
    void moderatorsChangeRolesAlone() {
        String path = "/users/" + cast().ann().id();
        refused(patch(cast().moderator().rest(), path, json("username", "somebody")), ErrorCode.FORBIDDEN);
        refused(
                patch(cast().moderator().rest(), path, json("role", "moderator", "isActive", false)),
                ErrorCode.FORBIDDEN);
        refused(patch(cast().ann().rest(), path, json("username", "somebody")), ErrorCode.FORBIDDEN);
        refused(patch(stranger(), path, json("username", "somebody")), ErrorCode.UNAUTHORIZED);
        assertThat(good(cast().admin().rest().get(path), 200).getString("role")).isEqualTo("member");
    }

    @Test
    @Row("DELETE /users/{userId}")
    void aDeactivatedUserIsOutAtOnceAndStaysKnown() {
        Person ann = people.join("ann");
        PlainSocket socket = ann.socket();
        PlainRest admin = cast().admin().rest();
        String path = "/users/" + ann.id();

        refused(delete(cast().moderator().rest(), path), ErrorCode.FORBIDDEN);
        refused(delete(cast().bob().rest(), path), ErrorCode.FORBIDDEN);
        assertThat(good(delete(admin, path), 200)).isEmpty();

        refused(ann.rest().get("/users/me"), ErrorCode.TOKEN_REVOKED);
        assertThat(socket.closeCode()).isEqualTo(4001);
        assertThat(good(admin.get(path), 200).getBoolean("isActive")).isFalse();
        good(delete(admin, path), 200);
        refused(delete(admin, "/users/" + NO_ID), ErrorCode.NOT_FOUND);
        refused(delete(admin, "/users/x"), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("DELETE /users/{userId}/sessions")
    void adminsEndAllSessionsOfAUser() {
        Person ann = people.join("ann");
        PlainSocket socket = ann.socket();
        String path = "/users/" + ann.id() + "/sessions";

        refused(delete(cast().moderator().rest(), path), ErrorCode.FORBIDDEN);
        assertThat(good(delete(cast().admin().rest(), path), 200).getInt("revoked"))
                .isEqualTo(1);

        refused(ann.rest().get("/users/me"), ErrorCode.TOKEN_REVOKED);
        assertThat(socket.closeCode()).isEqualTo(4001);
        good(stranger().post("/auth/login", credentials(ann)), 200);
        refused(delete(cast().admin().rest(), "/users/" + NO_ID + "/sessions"), ErrorCode.NOT_FOUND);
    }
}
