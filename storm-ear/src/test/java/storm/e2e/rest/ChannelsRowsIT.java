package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;

/// The rows `/channels…` without messages.
class ChannelsRowsIT extends RestTest {
    ChannelsRowsIT(Storm storm) {
        super(storm);
    }

    private static List<String> members(JsonObject channel) {
        return channel.getJsonArray("members").getValuesAs(JsonString::getString);
    }

    @Test
    @Row("GET /channels")
    void theListHoldsOnesOwnChannelsWithWhatIsUnread() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId shared = ann.channelWith(bob);
        ChannelId alone = ann.channelWith();
        delivered(ann, shared);
        delivered(ann, shared);
        good(put(bob.rest(), channel(shared) + "/read", json("seq", 1)), 200);

        List<JsonObject> anns =
                objects(good(ann.rest().get("/channels"), 200), "channels").toList();
        List<JsonObject> bobs =
                objects(good(bob.rest().get("/channels"), 200), "channels").toList();

        // Newest first.
        assertThat(anns).extracting(each -> each.getString("id")).containsExactly(alone.value(), shared.value());
        assertThat(bobs).singleElement().satisfies(each -> {
            assertThat(each.getInt("lastSeq")).isEqualTo(2);
            assertThat(each.getInt("unreadCount")).isEqualTo(1);
            assertThat(each.keySet())
                    .contains(
                            "id",
                            "name",
                            "description",
                            "createdBy",
                            "members",
                            "isArchived",
                            "createdAt",
                            "updatedAt");
        });
        refused(stranger().get("/channels"), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("GET /channels")
    void archivedChannelsAreListedWhenAskedFor() {
        Person ann = people.join("ann");
        ChannelId old = ann.channelWith();
        good(patch(cast().moderator().rest(), channel(old), json("isArchived", true)), 200);

        assertThat(good(ann.rest().get("/channels"), 200).getJsonArray("channels"))
                .isEmpty();
        assertThat(texts(good(ann.rest().get("/channels?includeArchived=true"), 200), "channels", "id"))
                .containsExactly(old.value());
        assertThat(good(ann.rest().get("/channels?includeArchived=false"), 200).getJsonArray("channels"))
                .isEmpty();
    }

    @Test
    @Row({"GET /channels", "channel:read:any"})
    void allChannelsAndSearchAreForStaff() {
        ChannelId anns = cast().ann().channelWith();
        PlainRest moderator = cast().moderator().rest();
        String name = good(moderator.get(channel(anns)), 200).getString("name");

        JsonObject found = objects(
                        good(moderator.get("/channels?scope=all&q=" + name.toUpperCase(java.util.Locale.ROOT)), 200),
                        "channels")
                .findFirst()
                .orElseThrow();
        assertThat(found.getString("id")).isEqualTo(anns.value());
        // Nothing is unread for who is no member.
        assertThat(found.keySet()).doesNotContain("unreadCount");
        assertThat(good(moderator.get("/channels?q=" + name), 200).getJsonArray("channels"))
                .isEmpty();
        assertThat(good(moderator.get("/channels?scope=all&q=.%2A"), 200).getJsonArray("channels"))
                .isEmpty();
        refused(cast().ann().rest().get("/channels?scope=all"), ErrorCode.FORBIDDEN);
        refused(cast().ann().rest().get("/channels?q=x"), ErrorCode.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"includeArchived=1", "scope=some", "limit=0", "limit=101", "limit=x", "cursor=x"})
    @Row("GET /channels")
    void aWrongQueryNamesItsParameter(String query) {
        assertThat(refused(cast().moderator().rest().get("/channels?" + query), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly(query.substring(0, query.indexOf('=')));
    }

    @Test
    @Row({"POST /channels", "channel:create"})
    void whoMakesAChannelIsItsMember() {
        String name = Words.name("room");
        JsonObject made = good(cast().ann().rest().post("/channels", json("name", name, "description", "talk")), 201);

        assertThat(made.getString("name")).isEqualTo(name);
        assertThat(made.getString("description")).isEqualTo("talk");
        assertThat(made.getString("createdBy")).isEqualTo(cast().ann().id().value());
        assertThat(members(made)).containsExactly(cast().ann().id().value());
        assertThat(made.getBoolean("isArchived")).isFalse();
        assertThat(made.getInt("lastSeq")).isZero();
        assertThat(made.getInt("unreadCount")).isZero();
        refused(cast().bob().rest().post("/channels", json("name", name)), ErrorCode.CONFLICT);
        refused(stranger().post("/channels", json("name", name)), ErrorCode.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"x\"}",
                "{\"name\":7}",
                "{\"name\":null}",
                "{\"name\":\" x \"}",
                "{\"name\":\"a\\u0000b\"}",
                "{\"name\":[\"ab\"]}"
            })
    @Row("POST /channels")
    void aChannelNeedsAGoodName(String body) {
        refused(cast().ann().rest().post("/channels", body), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("POST /channels")
    void namesHaveUpTo64AndDescriptionsUpTo500Characters() {
        PlainRest ann = cast().ann().rest();
        String name = (Words.name("long") + "-".repeat(64)).substring(0, 64);
        good(ann.post("/channels", json("name", name, "description", "d".repeat(500))), 201);
        assertThat(refused(ann.post("/channels", json("name", name + "x")), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly("name");
        assertThat(refused(
                                ann.post("/channels", json("name", Words.name("d"), "description", "d".repeat(501))),
                                ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly("description");
    }

    @Test
    @Row({"GET /channels/{channelId}", "NOT_FOUND"})
    void aChannelIsForItsMembersAndForStaff() {
        ChannelId anns = cast().ann().channelWith();
        assertThat(good(cast().ann().rest().get(channel(anns)), 200).getInt("unreadCount"))
                .isZero();
        good(cast().moderator().rest().get(channel(anns)), 200);
        refused(cast().bob().rest().get(channel(anns)), ErrorCode.FORBIDDEN);
        refused(cast().ann().rest().get("/channels/" + NO_ID), ErrorCode.NOT_FOUND);
        refused(cast().ann().rest().get("/channels/x"), ErrorCode.VALIDATION_ERROR);
        refused(stranger().get(channel(anns)), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row({"PATCH /channels/{channelId}", "channel:update:own", "channel:update:any"})
    void membersAndStaffChangeNameAndDescription() {
        ChannelId anns = cast().ann().channelWith();
        String name = Words.name("renamed");

        assertThat(good(patch(cast().ann().rest(), channel(anns), json("name", name, "description", "new")), 200)
                        .getString("name"))
                .isEqualTo(name);
        assertThat(good(patch(cast().moderator().rest(), channel(anns), json("description", "")), 200)
                        .getString("description"))
                .isEmpty();
        refused(patch(cast().bob().rest(), channel(anns), json("description", "x")), ErrorCode.FORBIDDEN);
        refused(patch(cast().ann().rest(), channel(anns), "{}"), ErrorCode.VALIDATION_ERROR);
        refused(patch(cast().ann().rest(), channel(anns), json("name", "x")), ErrorCode.VALIDATION_ERROR);
        refused(patch(cast().ann().rest(), "/channels/" + NO_ID, json("description", "x")), ErrorCode.NOT_FOUND);
        ChannelId other = cast().ann().channelWith();
        refused(patch(cast().ann().rest(), channel(other), json("name", name)), ErrorCode.CONFLICT);
        refused(patch(stranger(), channel(anns), json("description", "x")), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row({"PATCH /channels/{channelId}", "channel:archive", "CONFLICT"})
    void anArchivedChannelTakesNoMessagesAndStaysReadable() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith();
        String message = delivered(ann, anns);
        refused(patch(ann.rest(), channel(anns), json("isArchived", true)), ErrorCode.FORBIDDEN);

        assertThat(good(patch(cast().moderator().rest(), channel(anns), json("isArchived", true)), 200)
                        .getBoolean("isArchived"))
                .isTrue();

        refused(
                ann.rest().post(messages(anns), PlainRest.message(PlainRest.newId(), Words.text())),
                ErrorCode.CONFLICT);
        refused(patch(ann.rest(), messages(anns) + "/" + message, json("content", Words.text())), ErrorCode.CONFLICT);
        assertThat(texts(good(ann.rest().get(messages(anns)), 200), "messages", "messageId"))
                .containsExactly(message);
        good(patch(cast().moderator().rest(), channel(anns), json("isArchived", false)), 200);
        delivered(ann, anns);
    }

    @Test
    @Row({"DELETE /channels/{channelId}", "channel:delete"})
    void aDeletedChannelIsGoneWithItsMessagesAndItsNameIsFree() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith();
        delivered(ann, anns);
        String name = good(ann.rest().get(channel(anns)), 200).getString("name");
        PlainSocket socket = ann.socket();
        refused(delete(ann.rest(), channel(anns)), ErrorCode.FORBIDDEN);
        refused(delete(cast().moderator().rest(), channel(anns)), ErrorCode.FORBIDDEN);

        assertThat(good(delete(cast().admin().rest(), channel(anns)), 200)).isEmpty();

        socket.await(frame -> frame.is("channel.updated", anns.value())
                && frame.payload().getString("change").equals("deleted"));
        refused(ann.rest().get(channel(anns)), ErrorCode.NOT_FOUND);
        refused(ann.rest().get(messages(anns)), ErrorCode.NOT_FOUND);
        refused(delete(cast().admin().rest(), channel(anns)), ErrorCode.NOT_FOUND);
        refused(delete(cast().admin().rest(), "/channels/x"), ErrorCode.VALIDATION_ERROR);
        good(ann.rest().post("/channels", json("name", name)), 201);
    }

    @Test
    @Row({"POST /channels/{channelId}/members", "channel:manage:members"})
    void membersAddMembers() {
        Person ann = cast().ann();
        Person bob = cast().bob();
        ChannelId anns = ann.channelWith();
        String path = channel(anns) + "/members";
        refused(bob.rest().post(path, json("userId", bob.id().value())), ErrorCode.FORBIDDEN);

        assertThat(members(good(ann.rest().post(path, json("userId", bob.id().value())), 200)))
                .containsExactly(ann.id().value(), bob.id().value());

        refused(ann.rest().post(path, json("userId", bob.id().value())), ErrorCode.CONFLICT);
        good(
                cast().moderator()
                        .rest()
                        .post(path, json("userId", cast().moderator().id().value())),
                200);
        refused(ann.rest().post(path, json("userId", NO_ID)), ErrorCode.NOT_FOUND);
        refused(
                ann.rest()
                        .post(
                                "/channels/" + NO_ID + "/members",
                                json("userId", bob.id().value())),
                ErrorCode.NOT_FOUND);
        refused(ann.rest().post(path, "{}"), ErrorCode.VALIDATION_ERROR);
        refused(ann.rest().post(path, json("userId", "x")), ErrorCode.VALIDATION_ERROR);
        refused(stranger().post(path, json("userId", bob.id().value())), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("POST /channels/{channelId}/members")
    void whoIsNoLongerActiveCannotBeAdded() {
        Person gone = people.join("gone");
        good(delete(cast().admin().rest(), "/users/" + gone.id()), 200);
        ChannelId anns = cast().ann().channelWith();
        refused(
                cast().ann()
                        .rest()
                        .post(
                                channel(anns) + "/members",
                                json("userId", gone.id().value())),
                ErrorCode.NOT_FOUND);
    }

    @Test
    @Row("DELETE /channels/{channelId}/members/{userId}")
    void oneLeavesOneselfAndStaffRemovesOthers() {
        Person ann = cast().ann();
        Person bob = cast().bob();
        ChannelId anns = ann.channelWith(bob);
        String bobs = channel(anns) + "/members/" + bob.id();
        refused(delete(ann.rest(), bobs), ErrorCode.FORBIDDEN);

        assertThat(good(delete(bob.rest(), bobs), 200)).isEmpty();

        refused(bob.rest().get(channel(anns)), ErrorCode.FORBIDDEN);
        refused(delete(bob.rest(), bobs), ErrorCode.NOT_FOUND);
        good(ann.rest().post(channel(anns) + "/members", json("userId", bob.id().value())), 200);
        good(delete(cast().moderator().rest(), bobs), 200);
        refused(delete(cast().moderator().rest(), channel(anns) + "/members/x"), ErrorCode.VALIDATION_ERROR);
        refused(delete(cast().moderator().rest(), "/channels/" + NO_ID + "/members/" + bob.id()), ErrorCode.NOT_FOUND);
        refused(delete(stranger(), bobs), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row("PUT /channels/{channelId}/read")
    void aReadMarkerMovesUpAloneAndTheOthersAreTold() {
        Person ann = cast().ann();
        Person bob = cast().bob();
        ChannelId anns = ann.channelWith(bob);
        for (int i = 0; i < 3; i++) {
            delivered(ann, anns);
        }
        PlainSocket bobs = bob.socket();
        PlainSocket mine = ann.socket();
        String path = channel(anns) + "/read";

        assertThat(good(put(ann.rest(), path, json("seq", 2)), 200).getInt("seq"))
                .isEqualTo(2);
        assertThat(good(put(ann.rest(), path, json("seq", 1)), 200).getInt("seq"))
                .isEqualTo(2);
        assertThat(good(put(ann.rest(), path, json("seq", 99)), 200).getInt("seq"))
                .isEqualTo(3);

        assertThat(good(ann.rest().get(channel(anns)), 200).getInt("unreadCount"))
                .isZero();
        var told = bobs.await(frame -> frame.is("channel.read", anns.value()));
        assertThat(told.payload().getInt("seq")).isEqualTo(2);
        assertThat(told.payload().getString("userId")).isEqualTo(ann.id().value());
        bobs.await(frame ->
                frame.is("channel.read", anns.value()) && frame.payload().getInt("seq") == 3);
        mine.settle();
        assertThat(mine.frames()).noneMatch(frame -> frame.is("channel.read", anns.value()));
    }

    @Test
    @Row("PUT /channels/{channelId}/read")
    void aReadMarkerIsForMembersAndANumber() {
        ChannelId anns = cast().ann().channelWith();
        String path = channel(anns) + "/read";
        for (String body : List.of(
                "{}",
                "{\"seq\":-1}",
                "{\"seq\":\"x\"}",
                "{\"seq\":1.5}",
                "{\"seq\":99999999999999999999}",
                "{\"seq\":null}")) {
            assertThat(refused(put(cast().ann().rest(), path, body), ErrorCode.VALIDATION_ERROR)
                            .keySet())
                    .as(body)
                    .containsExactly("seq");
        }
        refused(put(cast().bob().rest(), path, json("seq", 1)), ErrorCode.FORBIDDEN);
        refused(put(cast().moderator().rest(), path, json("seq", 1)), ErrorCode.FORBIDDEN);
        refused(put(cast().ann().rest(), "/channels/" + NO_ID + "/read", json("seq", 1)), ErrorCode.NOT_FOUND);
        refused(put(stranger(), path, json("seq", 1)), ErrorCode.UNAUTHORIZED);
    }
}
