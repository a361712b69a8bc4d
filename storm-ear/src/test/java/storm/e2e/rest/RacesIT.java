package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// Calls that meet. Each race is run [Race#TIMES] times.
class RacesIT extends RestTest {
    RacesIT(Storm storm) {
        super(storm);
    }

    @Test
    @Row("POST /auth/refresh")
    void ofEightRefreshesWithOneTokenAtMostOneWinsAndTheTheftEndsEverySession() {
        Person ann = people.join("ann");
        for (int i = 0; i < Race.TIMES; i++) {
            String refresh = refreshWith(
                    good(stranger().post("/auth/login", credentials(ann)), 200).getString("refreshToken"));

            List<Answer> answers =
                    Race.run(Collections.nCopies(8, () -> stranger().post("/auth/refresh", refresh)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeLessThanOrEqualTo(1);
            answers.stream()
                    .filter(answer -> answer.status() != 200)
                    .forEach(answer -> assertThat(answer.code()).isIn("TOKEN_REUSE_DETECTED", "UNAUTHORIZED"));
            answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .forEach(won -> refused(
                            stranger()
                                    .withToken(won.data().getString("accessToken"))
                                    .get("/users/me"),
                            ErrorCode.TOKEN_REVOKED));
        }
    }

    @Test
    @Row("POST /channels/{channelId}/members")
    void ofFourThatAddOneMemberOneDoesAndThreeConflict() {
        Person ann = cast().ann();
        UserId bob = cast().bob().id();
        ChannelId channel = ann.channelWith();
        for (int i = 0; i < Race.TIMES; i++) {
            List<Answer> answers = Race.run(Collections.nCopies(
                    4, () -> ann.rest().post(channel(channel) + "/members", json("userId", bob.value()))));

            assertThat(Race.statuses(answers)).containsExactly(200, 409, 409, 409);
            assertThat(good(ann.rest().get(channel(channel)), 200)
                            .getJsonArray("members")
                            .getValuesAs(jakarta.json.JsonString.class))
                    .extracting(jakarta.json.JsonString::getString)
                    .containsExactlyInAnyOrder(ann.id().value(), bob.value());
            good(delete(cast().bob().rest(), channel(channel) + "/members/" + bob), 200);
        }
    }

    @Test
    @Row("DELETE /channels/{channelId}/members/{userId}")
    void ofFourThatRemoveThemselvesAtOnceOneDoesAndThreeFindNothing() {
        Person ann = cast().ann();
        Person bob = cast().bob();
        ChannelId channel = ann.channelWith();
        String membership = channel(channel) + "/members/" + bob.id();
        for (int i = 0; i < Race.TIMES; i++) {
            good(
                    ann.rest()
                            .post(
                                    channel(channel) + "/members",
                                    json("userId", bob.id().value())),
                    200);

            List<Answer> answers = Race.run(Collections.nCopies(4, () -> delete(bob.rest(), membership)));

            assertThat(Race.statuses(answers)).containsExactly(200, 404, 404, 404);
        }
    }

    /// The two are the only admins there are.
    @Test
    @Row("PATCH /users/{userId}")
    void ofTwoAdminsWhoDemoteEachOtherOneIsLeft() {
        Person root = admin();
        Person other = joinAs("admin");
        String demotion = json("role", "member");
        texts(good(root.rest().get("/users?role=admin&limit=100"), 200), "users", "id").stream()
                .filter(id ->
                        !id.equals(root.id().value()) && !id.equals(other.id().value()))
                .forEach(id -> good(patch(root.rest(), "/users/" + id, demotion), 200));
        Cast.forget();
        Person one = root;
        Person two = other;
        for (int i = 0; i < Race.TIMES; i++) {
            Person first = one;
            Person second = two;
            List<Answer> answers = Race.run(List.of(
                    () -> patch(first.rest(), "/users/" + second.id(), demotion),
                    () -> patch(second.rest(), "/users/" + first.id(), demotion)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allMatch(answer ->
                            List.of("TOKEN_REVOKED", "FORBIDDEN", "CONFLICT").contains(answer.code()));
            boolean firstWon = answers.getFirst().status() == 200;
            Person winner = firstWon ? first : second;
            Person loser = firstWon ? second : first;
            assertThat(texts(good(winner.rest().get("/users?role=admin"), 200), "users", "id"))
                    .containsExactly(winner.id().value());
            good(patch(winner.rest(), "/users/" + loser.id(), json("role", "admin")), 200);
            Person back = people.signIn(loser.email(), loser.password());
            one = firstWon ? first : back;
            two = firstWon ? back : second;
        }
    }

    @Test
    @Row("POST /auth/register")
    void ofTwoWhoRegisterOneNameOneGetsIt() {
        for (int i = 0; i < Race.TIMES; i++) {
            String name = Words.name("twin");
            boolean sameName = i % 2 == 0;
            List<Answer> answers = Race.run(IntStream.range(0, 2)
                    .<java.util.concurrent.Callable<Answer>>mapToObj(n -> () -> stranger()
                            .post(
                                    "/auth/register",
                                    json(
                                            "username",
                                            sameName ? name : name + n,
                                            "email",
                                            (sameName ? n + name : name) + "@" + Words.EMAIL + ".example",
                                            "password",
                                            Words.PASSWORD + "-twin")))
                    .toList());

            assertThat(Race.statuses(answers)).containsExactly(201, 409);
            answers.stream()
                    .filter(answer -> answer.status() == 201)
                    .forEach(answer -> Words.keep(answer.data().getString("refreshToken")));
        }
    }

    @Test
    @Row("POST /channels")
    void ofFourWhoCreateOneChannelOneDoes() {
        PlainRest ann = cast().ann().rest();
        for (int i = 0; i < Race.TIMES; i++) {
            String body = json("name", Words.name("room"));
            assertThat(Race.statuses(Race.run(Collections.nCopies(4, () -> ann.post("/channels", body)))))
                    .containsExactly(201, 409, 409, 409);
        }
    }

    @Test
    @Row("PATCH /channels/{channelId}")
    void ofTwoChannelsThatTakeOneNameOneGetsIt() {
        Person ann = cast().ann();
        ChannelId one = ann.channelWith();
        ChannelId two = ann.channelWith();
        for (int i = 0; i < Race.TIMES; i++) {
            String body = json("name", Words.name("taken"));
            assertThat(Race.statuses(Race.run(List.of(
                            () -> patch(ann.rest(), channel(one), body), () -> patch(ann.rest(), channel(two), body)))))
                    .containsExactly(200, 409);
        }
    }

    @Test
    @Row("DELETE /channels/{channelId}")
    void ofTwoWhoDeleteAChannelOneDoes() {
        Person ann = cast().ann();
        PlainRest admin = cast().admin().rest();
        for (int i = 0; i < Race.TIMES; i++) {
            ChannelId channel = ann.channelWith();
            assertThat(Race.statuses(Race.run(Collections.nCopies(2, () -> delete(admin, channel(channel))))))
                    .containsExactly(200, 404);
        }
    }

    @Test
    @Row("PUT /channels/{channelId}/read")
    void aReadMarkerOnlyMovesUpWhoeverComesFirst() {
        Person ann = cast().ann();
        ChannelId channel = ann.channelWith();
        for (int i = 0; i < 5; i++) {
            delivered(ann, channel);
        }
        for (int i = 0; i < Race.TIMES; i++) {
            List<Answer> answers = Race.run(IntStream.rangeClosed(1, 4)
                    .<java.util.concurrent.Callable<Answer>>mapToObj(
                            seq -> () -> put(ann.rest(), channel(channel) + "/read", json("seq", seq)))
                    .toList());

            assertThat(Race.statuses(answers)).containsExactly(200, 200, 200, 200);
            assertThat(good(put(ann.rest(), channel(channel) + "/read", json("seq", 0)), 200)
                            .getInt("seq"))
                    .isEqualTo(4);
        }
    }
}
