package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.e2e.web.PlainSocket;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;

/// The rows `/channels/{channelId}/messages…`.
class MessagesRowsIT extends RestTest {
    MessagesRowsIT(Storm storm) {
        super(storm);
    }

    @Test
    @Row({"GET /channels/{channelId}/messages", "message:read"})
    void theListIsMetadataAndHoldsTextsWhenAskedFor() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith(cast().bob());
        String first = delivered(ann, anns);
        String second = delivered(ann, anns);

        JsonObject plain = good(cast().bob().rest().get(messages(anns)), 200);
        JsonObject full = good(cast().bob().rest().get(messages(anns) + "?include=content"), 200);

        assertThat(texts(plain, "messages", "messageId")).containsExactly(second, first);
        assertThat(objects(plain, "messages")).allSatisfy(message -> {
            assertThat(message.keySet()).doesNotContain("content").contains("id", "seq", "clientTs", "createdAt");
            assertThat(message.getString("deliveryStatus")).isEqualTo("delivered");
            assertThat(message.getString("senderId")).isEqualTo(ann.id().value());
        });
        assertThat(texts(full, "messages", "content")).hasSize(2).allMatch(text -> text.contains(Words.TEXT));
    }

    @Test
    @Row("GET /channels/{channelId}/messages")
    void textsAreForMembersWhateverTheirRoleAndStaffSeesTheRest() {
        ChannelId anns = cast().ann().channelWith();
        String id = delivered(cast().ann(), anns);
        refused(cast().bob().rest().get(messages(anns)), ErrorCode.FORBIDDEN);
        for (Person staff : List.of(cast().moderator(), cast().admin())) {
            assertThat(objects(good(staff.rest().get(messages(anns)), 200), "messages"))
                    .singleElement()
                    .satisfies(message -> {
                        assertThat(message.getString("messageId")).isEqualTo(id);
                        assertThat(message.keySet()).doesNotContain("content");
                    });
        }
        refused(cast().moderator().rest().get(messages(anns) + "?include=content"), ErrorCode.FORBIDDEN);
        refused(cast().admin().rest().get(messages(anns) + "?include=content"), ErrorCode.FORBIDDEN);
        refused(cast().ann().rest().get("/channels/" + NO_ID + "/messages"), ErrorCode.NOT_FOUND);
        refused(stranger().get(messages(anns)), ErrorCode.UNAUTHORIZED);
        for (String query : List.of("include=all", "include=", "limit=0", "limit=101", "cursor=x")) {
            assertThat(refused(cast().ann().rest().get(messages(anns) + "?" + query), ErrorCode.VALIDATION_ERROR)
                            .keySet())
                    .containsExactly(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    @Row("GET /channels/{channelId}/messages")
    void pagesGoOnWhereTheyEndedWhateverIsSentMeanwhile() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sent.add(delivered(ann, anns));
        }
        List<String> read = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = ann.rest().get(messages(anns) + "?limit=3" + cursor);
            read.addAll(texts(good(page, 200), "messages", "messageId"));
            JsonObject meta = page.json().getJsonObject("meta");
            assertThat(meta.getBoolean("hasNextPage")).isEqualTo(page.nextCursor() != null);
            cursor = page.nextCursor() == null ? "" : "&cursor=" + page.nextCursor();
            delivered(ann, anns);
        } while (!cursor.isEmpty());

        assertThat(read).containsExactlyElementsOf(sent.reversed());
        assertThat(new HashSet<>(read)).hasSize(7);
    }

    @Test
    @Row({"POST /channels/{channelId}/messages", "message:send"})
    void aMessageIsTakenOnceUnderItsId() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith();
        String id = PlainRest.newId();
        String body = PlainRest.message(id, Words.text());

        JsonObject first = good(ann.rest().post(messages(anns), body), 202);
        JsonObject second = good(ann.rest().post(messages(anns), body), 202);

        assertThat(first.getString("messageId")).isEqualTo(id);
        assertThat(first.getString("status")).isEqualTo("pending");
        assertThat(second.getString("status")).isEqualTo("duplicate");
        assertThat(first.keySet()).containsExactlyInAnyOrder("messageId", "status");
        delivered(ann, anns);
        assertThat(texts(good(ann.rest().get(messages(anns)), 200), "messages", "messageId"))
                .containsOnlyOnce(id);
    }

    @Test
    @Row("POST /channels/{channelId}/messages")
    void sendingIsForMembers() {
        ChannelId anns = cast().ann().channelWith();
        String body = PlainRest.message(PlainRest.newId(), Words.text());
        refused(cast().bob().rest().post(messages(anns), body), ErrorCode.FORBIDDEN);
        refused(cast().admin().rest().post(messages(anns), body), ErrorCode.FORBIDDEN);
        refused(cast().ann().rest().post("/channels/" + NO_ID + "/messages", body), ErrorCode.NOT_FOUND);
        refused(stranger().post(messages(anns), body), ErrorCode.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messageId|{\"content\":\"x\",\"clientTs\":\"2030-01-01T00:00:00Z\"}",
                "messageId|{\"messageId\":\"x\",\"content\":\"x\",\"clientTs\":\"2030-01-01T00:00:00Z\"}",
                "content|{\"messageId\":\"ID\",\"clientTs\":\"2030-01-01T00:00:00Z\"}",
                "content|{\"messageId\":\"ID\",\"content\":\"\",\"clientTs\":\"2030-01-01T00:00:00Z\"}",
                "content|{\"messageId\":\"ID\",\"content\":7,\"clientTs\":\"2030-01-01T00:00:00Z\"}",
                "clientTs|{\"messageId\":\"ID\",\"content\":\"x\"}",
                "clientTs|{\"messageId\":\"ID\",\"content\":\"x\",\"clientTs\":\"+99999-01-01T00:00:00Z\"}",
                "clientTs|{\"messageId\":\"ID\",\"content\":\"x\",\"clientTs\":1700000000}",
            })
    @Row("POST /channels/{channelId}/messages")
    void aMessageWithAWrongFieldNamesIt(String given) {
        ChannelId anns = cast().ann().channelWith();
        String field = given.substring(0, given.indexOf('|'));
        String body = given.substring(given.indexOf('|') + 1).replace("ID", PlainRest.newId());
        assertThat(refused(cast().ann().rest().post(messages(anns), body), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly(field);
    }

    @Test
    @Row("POST /channels/{channelId}/messages")
    void textsHaveUpTo4000CharactersOfAnyKind() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith();
        String longest = "🦆".repeat(2000);
        good(ann.rest().post(messages(anns), PlainRest.message(PlainRest.newId(), longest)), 202);
        good(ann.rest().post(messages(anns), PlainRest.message(PlainRest.newId(), "\u0000\u202e\ud83e ")), 202);
        refused(
                ann.rest().post(messages(anns), PlainRest.message(PlainRest.newId(), longest + "x")),
                ErrorCode.VALIDATION_ERROR);
        await(
                "the longest text",
                () -> ann.rest().get(messages(anns) + "?include=content"),
                answer -> answer.status() == 200
                        && objects(answer.data(), "messages")
                                .anyMatch(message ->
                                        message.getString("content", "").equals(longest)));
    }

    @Test
    @Row({"PATCH /channels/{channelId}/messages/{messageId}", "message:edit:own"})
    void theSenderEditsAndNobodyElse() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith(cast().bob(), cast().moderator());
        String id = delivered(ann, anns);
        String path = messages(anns) + "/" + id;
        String text = Words.text();
        refused(patch(cast().bob().rest(), path, json("content", text)), ErrorCode.FORBIDDEN);
        refused(patch(cast().moderator().rest(), path, json("content", text)), ErrorCode.FORBIDDEN);

        assertThat(good(patch(ann.rest(), path, json("content", text)), 202).getString("messageId"))
                .isEqualTo(id);

        await(
                "the edit",
                () -> ann.rest().get(messages(anns) + "?include=content"),
                answer -> objects(answer.data(), "messages")
                        .anyMatch(message ->
                                message.getString("content").equals(text) && message.containsKey("editedAt")));
        refused(patch(ann.rest(), path, "{}"), ErrorCode.VALIDATION_ERROR);
        refused(patch(ann.rest(), path, json("content", "x".repeat(4001))), ErrorCode.VALIDATION_ERROR);
        refused(patch(ann.rest(), messages(anns) + "/" + NO_UUID, json("content", text)), ErrorCode.NOT_FOUND);
        refused(patch(ann.rest(), messages(anns) + "/x", json("content", text)), ErrorCode.VALIDATION_ERROR);
        refused(patch(stranger(), path, json("content", text)), ErrorCode.UNAUTHORIZED);
    }

    @Test
    @Row({"DELETE /channels/{channelId}/messages/{messageId}", "message:delete:own"})
    void theSenderDeletesAndMembersAreTold() {
        Person ann = cast().ann();
        ChannelId anns = ann.channelWith(cast().bob());
        String id = delivered(ann, anns);
        PlainSocket bobs = cast().bob().socket();
        String path = messages(anns) + "/" + id;
        refused(delete(cast().bob().rest(), path), ErrorCode.FORBIDDEN);

        assertThat(good(delete(ann.rest(), path), 200)).isEmpty();

        bobs.await(frame -> frame.is("message.deleted", anns.value())
                && frame.text("messageId").equals(id));
        await(
                "the deletion",
                () -> ann.rest().get(messages(anns)),
                answer -> answer.data().getJsonArray("messages").isEmpty());
        refused(delete(ann.rest(), path), ErrorCode.NOT_FOUND);
        refused(delete(ann.rest(), messages(anns) + "/x"), ErrorCode.VALIDATION_ERROR);
        refused(delete(stranger(), path), ErrorCode.UNAUTHORIZED);
        bobs.close();
    }

    @Test
    @Row({"DELETE /channels/{channelId}/messages/{messageId}", "message:delete:any"})
    void staffDeletesTheMessagesOfOthers() {
        ChannelId anns = cast().ann().channelWith();
        String id = delivered(cast().ann(), anns);
        good(delete(cast().moderator().rest(), messages(anns) + "/" + id), 200);
        await(
                "the deletion",
                () -> cast().ann().rest().get(messages(anns)),
                answer -> answer.data().getJsonArray("messages").isEmpty());
    }
}
