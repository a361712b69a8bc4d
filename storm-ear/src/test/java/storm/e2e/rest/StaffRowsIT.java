package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.QueueConfig;
import storm.core.config.RedisConfig;
import storm.core.config.TransportConfig;
import storm.core.crypto.TransportCipher;
import storm.core.queue.InboundQueue;
import storm.core.queue.Job;
import storm.core.queue.JobCodec;
import storm.core.redis.RedisConnections;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;

/// The rows `/dead-letters…`, `/queue/stats`, `/audit-log` and `/health`.
class StaffRowsIT extends RestTest {
    StaffRowsIT(Storm storm) {
        super(storm);
    }

    /// Puts jobs into the queue whose sender is no member by the time the worker looks, and waits until it gave them
    /// up.
    private List<String> deadLetters(ChannelId channel, int count) {
        Clock clock = Clock.systemUTC();
        RedisConnections connections =
                new RedisConnections(RedisConfig.of(storm.stores().redisUrl()));
        try (UnifiedJedis redis = connections.client()) {
            TransportConfig key = TransportConfig.ofHex(
                    String.valueOf(storm.secrets().values().get("STORM_TRANSPORT_KEY")));
            InboundQueue queue =
                    new InboundQueue(redis, new JobCodec(new TransportCipher(key, clock)), QueueConfig.STANDARD);
            for (int i = 0; i < count; i++) {
                queue.enqueue(new Job.SendMessage(
                        new MessageId(PlainRest.newId()),
                        channel,
                        cast().bob().id(),
                        Words.text(),
                        clock.instant(),
                        clock.instant(),
                        "dead-letters"));
            }
        }
        Answer all = await(
                "dead letters",
                () -> moderator().get(of(channel)),
                answer -> answer.status() == 200
                        && answer.data().getJsonArray("deadLetters").size() == count);
        return texts(all.data(), "deadLetters", "id");
    }

    private PlainRest moderator() {
        return cast().moderator().rest();
    }

    private static String of(ChannelId channel) {
        return "/dead-letters?limit=100&channelId=" + channel;
    }

    private int left(ChannelId channel) {
        return good(moderator().get(of(channel)), 200)
                .getJsonArray("deadLetters")
                .size();
    }

    private static String ids(List<String> ids) {
        JsonArray array = jakarta.json.Json.createArrayBuilder(ids).build();
        return json("ids", array);
    }

    private static String filter(ChannelId channel) {
        return "{\"filter\":{\"channelId\":\"" + channel + "\"}}";
    }

    @Test
    @Row({"GET /dead-letters", "GET /dead-letters/{id}", "deadletter:read"})
    void staffSeesDeadLettersWithoutTheirTexts() {
        ChannelId anns = cast().ann().channelWith();
        String id = deadLetters(anns, 1).getFirst();

        JsonObject letter = good(moderator().get("/dead-letters/" + id), 200);

        assertThat(letter.getString("failureReason")).isEqualTo("not_a_member");
        assertThat(letter.getString("kind")).isEqualTo("send");
        assertThat(letter.getString("channelId")).isEqualTo(anns.value());
        assertThat(letter.getString("senderId")).isEqualTo(cast().bob().id().value());
        assertThat(letter.getInt("attempts")).isPositive();
        assertThat(letter.keySet())
                .contains("failedAt", "acceptedAt", "messageId")
                .doesNotContain("content");
        assertThat(letter.toString()).doesNotContain(Words.TEXT);
        assertThat(texts(good(moderator().get(of(anns) + "&reason=not_a_member"), 200), "deadLetters", "id"))
                .containsExactly(id);
        assertThat(good(moderator().get(of(anns) + "&reason=unreadable"), 200).getJsonArray("deadLetters"))
                .isEmpty();
        refused(moderator().get("/dead-letters/" + NO_UUID), ErrorCode.NOT_FOUND);
        refused(moderator().get("/dead-letters/x"), ErrorCode.VALIDATION_ERROR);
        refused(cast().ann().rest().get("/dead-letters"), ErrorCode.FORBIDDEN);
        refused(cast().ann().rest().get("/dead-letters/" + id), ErrorCode.FORBIDDEN);
        refused(stranger().get("/dead-letters"), ErrorCode.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channelId=x", "limit=0", "limit=101", "cursor=x"})
    @Row("GET /dead-letters")
    void aWrongQueryNamesItsParameter(String query) {
        assertThat(refused(moderator().get("/dead-letters?" + query), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly(query.substring(0, query.indexOf('=')));
    }

    @Test
    @Row("GET /dead-letters")
    void deadLettersComeInPages() {
        ChannelId anns = cast().ann().channelWith();
        List<String> all = deadLetters(anns, 5);
        List<String> read = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = moderator().get("/dead-letters?limit=2&channelId=" + anns + cursor);
            read.addAll(texts(good(page, 200), "deadLetters", "id"));
            cursor = page.nextCursor() == null ? "" : "&cursor=" + page.nextCursor();
        } while (!cursor.isEmpty());
        assertThat(read).containsExactlyElementsOf(all);
    }

    @Test
    @Row({"POST /dead-letters/{id}/retry", "deadletter:manage"})
    void aLetterGoesBackOnceHoweverOftenItIsPressed() {
        ChannelId anns = cast().ann().channelWith();
        String id = deadLetters(anns, 1).getFirst();
        good(
                cast().ann()
                        .rest()
                        .post(
                                "/channels/" + anns + "/members",
                                json("userId", cast().bob().id().value())),
                200);

        List<Answer> answers = Race.run(Collections.nCopies(
                4, () -> moderator().call("POST", "/dead-letters/" + id + "/retry", null, List.of())));

        assertThat(Race.statuses(answers)).containsExactly(202, 404, 404, 404);
        answers.stream()
                .filter(answer -> answer.status() == 202)
                .forEach(answer ->
                        assertThat(good(answer, 202).getInt("retried")).isEqualTo(1));
        // Bob is a member now: this time it arrives, once.
        await(
                "the retried message",
                () -> cast().ann().rest().get(messages(anns)),
                answer -> answer.data().getJsonArray("messages").size() == 1);
        assertThat(left(anns)).isZero();
        refused(moderator().post("/dead-letters/x/retry", "{}"), ErrorCode.VALIDATION_ERROR);
        refused(cast().ann().rest().post("/dead-letters/" + id + "/retry", "{}"), ErrorCode.FORBIDDEN);
    }

    @Test
    @Row("POST /dead-letters/retry")
    void manyLettersGoBackByIdsOrByFilter() {
        ChannelId anns = cast().ann().channelWith();
        List<String> letters = deadLetters(anns, 3);
        good(
                cast().ann()
                        .rest()
                        .post(
                                "/channels/" + anns + "/members",
                                json("userId", cast().bob().id().value())),
                200);

        assertThat(good(moderator().post("/dead-letters/retry", ids(letters.subList(0, 2))), 202)
                        .getInt("retried"))
                .isEqualTo(2);
        assertThat(good(moderator().post("/dead-letters/retry", ids(letters.subList(0, 2))), 202)
                        .getInt("retried"))
                .isZero();
        assertThat(good(moderator().post("/dead-letters/retry", filter(anns)), 202)
                        .getInt("retried"))
                .isEqualTo(1);

        await(
                "the retried messages",
                () -> cast().ann().rest().get(messages(anns)),
                answer -> answer.data().getJsonArray("messages").size() == 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ids\":[]}",
                "{\"ids\":[\"x\"]}",
                "{\"ids\":\"x\"}",
                "{\"ids\":[7]}",
                "{\"filter\":7}",
                "{\"filter\":{\"channelId\":\"x\"}}",
                "{\"ids\":[\"" + NO_UUID + "\"],\"filter\":{}}"
            })
    @Row({"POST /dead-letters/retry", "POST /dead-letters/discard"})
    void aWrongSelectionTouchesNothing(String body) {
        refused(moderator().post("/dead-letters/retry", body), ErrorCode.VALIDATION_ERROR);
        refused(moderator().post("/dead-letters/discard", body), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row({"DELETE /dead-letters/{id}", "deadletter:manage"})
    void aLetterIsDroppedOnce() {
        ChannelId anns = cast().ann().channelWith();
        String id = deadLetters(anns, 1).getFirst();
        refused(delete(cast().ann().rest(), "/dead-letters/" + id), ErrorCode.FORBIDDEN);

        assertThat(good(delete(moderator(), "/dead-letters/" + id), 200).getInt("discarded"))
                .isEqualTo(1);

        refused(delete(moderator(), "/dead-letters/" + id), ErrorCode.NOT_FOUND);
        refused(delete(moderator(), "/dead-letters/x"), ErrorCode.VALIDATION_ERROR);
        assertThat(left(anns)).isZero();
    }

    @Test
    @Row("POST /dead-letters/discard")
    void manyLettersAreDroppedByIdsOrByFilter() {
        ChannelId anns = cast().ann().channelWith();
        List<String> letters = deadLetters(anns, 3);
        refused(cast().ann().rest().post("/dead-letters/discard", filter(anns)), ErrorCode.FORBIDDEN);

        assertThat(good(moderator().post("/dead-letters/discard", ids(letters.subList(0, 2))), 200)
                        .getInt("discarded"))
                .isEqualTo(2);
        assertThat(good(moderator().post("/dead-letters/discard", filter(anns)), 200)
                        .getInt("discarded"))
                .isEqualTo(1);
        assertThat(left(anns)).isZero();
    }

    @Test
    @Row({"GET /queue/stats", "queue:read"})
    void staffSeesTheQueue() {
        deadLetters(cast().ann().channelWith(), 1);
        JsonObject stats = good(moderator().get("/queue/stats"), 200);
        assertThat(stats.keySet())
                .containsExactlyInAnyOrder(
                        "waiting",
                        "active",
                        "delayed",
                        "dead",
                        "processedPerMinute",
                        "failedPerMinute",
                        "oldestWaitingMs",
                        "liveWorkers",
                        "connections");
        assertThat(stats.getInt("liveWorkers")).isEqualTo(1);
        assertThat(stats.getInt("dead")).isPositive();
        refused(cast().ann().rest().get("/queue/stats"), ErrorCode.FORBIDDEN);
        refused(stranger().get("/queue/stats"), ErrorCode.UNAUTHORIZED);
    }

    /// One entry that the action brought, by the request's own id.
    private JsonObject entry(Supplier<Answer> action, String name, String target) {
        Answer answer = action.get();
        assertThat(answer.status()).as(answer.body()).isIn(200, 201, 202);
        String requestId = header(answer, "X-Request-Id");
        List<JsonObject> entries = objects(
                        good(
                                cast().admin().rest().get("/audit-log?limit=100&action=" + name + "&target=" + target),
                                200),
                        "entries")
                .filter(entry -> entry.getString("requestId").equals(requestId))
                .toList();
        assertThat(entries).as("%s of %s", name, target).hasSize(1);
        JsonObject entry = entries.getFirst();
        assertThat(entry.getString("action")).isEqualTo(name);
        assertThat(entry.keySet())
                .containsExactlyInAnyOrder("id", "actorId", "action", "target", "details", "createdAt", "requestId");
        assertThat(entry.toString())
                .doesNotContain(Words.TEXT)
                .doesNotContain(Words.EMAIL)
                .doesNotContain(Words.PASSWORD);
        return entry;
    }

    @Test
    @Row({"GET /audit-log", "audit:read"})
    void everyStaffActionLeavesItsEntryBeforeItIsAnswered() {
        Person ann = people.join("ann");
        PlainRest admin = cast().admin().rest();
        String user = "/users/" + ann.id();
        String target = "user:" + ann.id();

        JsonObject role = entry(() -> patch(moderator(), user, json("role", "moderator")), "user.role.assign", target);
        assertThat(role.getString("actorId")).isEqualTo(cast().moderator().id().value());
        assertThat(role.getJsonObject("details").getString("before")).isEqualTo("member");
        assertThat(role.getJsonObject("details").getString("after")).isEqualTo("moderator");
        assertThat(entry(() -> patch(admin, user, json("username", Words.name("new"))), "user.update", target)
                        .getJsonObject("details")
                        .getString("usernameBefore"))
                .isEqualTo(ann.username());
        assertThat(entry(
                                () -> patch(
                                        admin, user, json("email", Words.name("e") + "@" + Words.EMAIL + ".example")),
                                "user.update",
                                target)
                        .getJsonObject("details")
                        .getString("email"))
                .isEqualTo("changed");
        entry(() -> delete(admin, user + "/sessions"), "user.sessions.revoke", target);
        assertThat(entry(() -> delete(admin, user), "user.deactivate", target)
                        .getJsonObject("details")
                        .getString("after"))
                .isEqualTo("false");
        entry(() -> patch(admin, user, json("isActive", true)), "user.activate", target);
    }

    @Test
    @Row("GET /audit-log")
    void everyChannelActionLeavesItsEntry() {
        ChannelId anns = cast().ann().channelWith();
        PlainRest admin = cast().admin().rest();
        String target = "channel:" + anns;
        String member = channel(anns) + "/members";
        String bob = cast().bob().id().value();
        String message = delivered(cast().ann(), anns);

        assertThat(entry(
                                () -> patch(moderator(), channel(anns), json("name", Words.name("new"))),
                                "channel.update",
                                target)
                        .getJsonObject("details")
                        .keySet())
                .containsExactlyInAnyOrder("nameBefore", "nameAfter");
        assertThat(entry(() -> moderator().post(member, json("userId", bob)), "channel.member.add", target)
                        .getJsonObject("details")
                        .getString("userId"))
                .isEqualTo(bob);
        entry(() -> delete(moderator(), member + "/" + bob), "channel.member.remove", target);
        entry(() -> delete(moderator(), messages(anns) + "/" + message), "message.delete", "message:" + message);
        assertThat(entry(() -> patch(moderator(), channel(anns), json("isArchived", true)), "channel.update", target)
                        .getJsonObject("details")
                        .getString("archivedAfter"))
                .isEqualTo("true");
        entry(() -> delete(admin, channel(anns)), "channel.delete", target);
        ChannelId other = cast().ann().channelWith();
        List<String> letters = deadLetters(other, 4);
        entry(
                () -> moderator().post("/dead-letters/" + letters.get(0) + "/retry", "{}"),
                "deadletter.retry",
                "deadletter:" + letters.get(0));
        entry(
                () -> delete(moderator(), "/dead-letters/" + letters.get(1)),
                "deadletter.discard",
                "deadletter:" + letters.get(1));
        entry(
                () -> moderator().post("/dead-letters/retry", ids(letters.subList(2, 3))),
                "deadletter.retry",
                "deadletters");
        entry(() -> moderator().post("/dead-letters/discard", filter(other)), "deadletter.discard", "deadletters");
    }

    @Test
    @Row("GET /audit-log")
    void theLogIsFilteredByActorActionTargetAndTime() {
        Person ann = people.join("ann");
        Instant before = Clock.systemUTC().instant();
        ChannelId anns = ann.channelWith();
        good(patch(ann.rest(), channel(anns), json("name", Words.name("new"))), 200);
        PlainRest admin = cast().admin().rest();
        String byAnn = "/audit-log?actorId=" + ann.id();

        assertThat(texts(good(admin.get(byAnn), 200), "entries", "action"))
                .containsExactly("channel.update", "channel.create");
        assertThat(texts(good(admin.get(byAnn + "&action=channel.c"), 200), "entries", "action"))
                .containsExactly("channel.create");
        assertThat(texts(good(admin.get(byAnn + "&target=channel:" + anns), 200), "entries", "action"))
                .hasSize(2);
        assertThat(texts(good(admin.get(byAnn + "&target=user:"), 200), "entries", "action"))
                .isEmpty();
        assertThat(texts(good(admin.get(byAnn + "&from=" + before), 200), "entries", "action"))
                .hasSize(2);
        assertThat(texts(good(admin.get(byAnn + "&to=" + before), 200), "entries", "action"))
                .isEmpty();
        assertThat(texts(good(admin.get(byAnn + "&from=" + before.plusSeconds(3600)), 200), "entries", "action"))
                .isEmpty();
        Answer first = admin.get(byAnn + "&limit=1");
        assertThat(texts(good(first, 200), "entries", "action")).containsExactly("channel.update");
        assertThat(texts(good(admin.get(byAnn + "&limit=1&cursor=" + first.nextCursor()), 200), "entries", "action"))
                .containsExactly("channel.create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actorId=x",
                "from=yesterday",
                "to=2030-13-01T00:00:00Z",
                "from=%2B99999-01-01T00:00:00Z",
                "limit=0",
                "cursor=x"
            })
    @Row("GET /audit-log")
    void aWrongFilterNamesItsParameter(String query) {
        String parameter = query.substring(0, query.indexOf('='));
        assertThat(refused(cast().admin().rest().get("/audit-log?" + query), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactly(parameter);
    }

    @Test
    @Row("GET /audit-log")
    void theLogIsForAdminsAndNobodyChangesIt() {
        refused(moderator().get("/audit-log"), ErrorCode.FORBIDDEN);
        refused(cast().ann().rest().get("/audit-log"), ErrorCode.FORBIDDEN);
        refused(stranger().get("/audit-log"), ErrorCode.UNAUTHORIZED);
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            refused(send(cast().admin().rest(), method, "/audit-log", "{}"), ErrorCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    @Row("GET /health")
    void healthIsBareAndPublic() {
        Answer answer = await("health", () -> stranger().get("/health"), latest -> latest.status() == 200);
        assertThat(answer.json().keySet())
                .containsExactlyInAnyOrder("status", "uptime", "mongo", "redis", "worker", "delivery");
        assertThat(answer.json().getString("status")).isEqualTo("ok");
        for (String part : List.of("mongo", "redis", "worker", "delivery")) {
            assertThat(answer.json().getString(part)).isEqualTo("connected");
        }
    }
}
