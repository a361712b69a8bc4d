package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.embedded.fixture.TestStore;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;

/// A store that is gone or hangs: every answer comes within 2 s, and all is well again when it is back.
class OutagesIT extends RestTest {
    /// The contract's 2 s, and what a machine with two cores may add to it while it builds this.
    private static final Duration QUICK = Duration.ofMillis(2_500);

    OutagesIT(Storm storm) {
        super(storm);
    }

    enum Outage {
        KILLED {
            @Override
            void begin(TestStore store) {
                store.kill();
            }

            @Override
            void end(TestStore store) {
                store.start();
            }
        },
        HANGING {
            @Override
            void begin(TestStore store) {
                store.pause();
            }

            @Override
            void end(TestStore store) {
                store.resume();
            }
        };

        abstract void begin(TestStore store);

        abstract void end(TestStore store);
    }

    private static Answer quick(String what, Callable<Answer> call) throws Exception {
        long start = System.nanoTime();
        Answer answer = call.call();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(QUICK);
        return answer;
    }

    private static Answer unavailable(String what, Callable<Answer> call) throws Exception {
        Answer answer = quick(what, call);
        refused(answer, ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(header(answer, "Retry-After")).as(what).matches("[1-9][0-9]*");
        return answer;
    }

    /// Nobody waits for another's turn.
    private static void unavailableToMany(String what, Callable<Answer> call) {
        Race.run(Collections.nCopies(16, () -> unavailable(what, call)));
    }

    private void wellAgain(Person ann, ChannelId channel) {
        Awaitility.await("all is well")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> stranger().get("/health").status() == 200
                        && storm.rest().health("ready") == 200);
        good(ann.rest().get("/users/me"), 200);
        delivered(ann, channel);
        good(stranger().post("/auth/login", credentials(ann)), 200);
    }

    @ParameterizedTest
    @EnumSource
    @Row({"SERVICE_UNAVAILABLE", "GET /health"})
    void withoutMongoEverythingThatNeedsItIsUnavailable(Outage outage) throws Exception {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        delivered(ann, channel);
        TestStore mongo = storm.stores().mongo();
        outage.begin(mongo);
        try {
            unavailable("me", () -> ann.rest().get("/users/me"));
            unavailable("channels", () -> ann.rest().get("/channels"));
            unavailable("messages", () -> ann.rest().get(messages(channel)));
            unavailable("login", () -> stranger().post("/auth/login", credentials(ann)));
            unavailableToMany("logins at once", () -> stranger().post("/auth/login", credentials(ann)));
            unavailable("create", () -> ann.rest().post("/channels", json("name", Words.name("late"))));
            unavailable(
                    "send",
                    () -> ann.rest().post(messages(channel), PlainRest.message(PlainRest.newId(), Words.text())));
            // What health found is kept for a second.
            Answer health = await(
                    "health", () -> quick("health", () -> stranger().get("/health")), answer -> answer.status() == 503);
            assertThat(health.json().getString("mongo")).isEqualTo("disconnected");
            assertThat(health.json().getString("redis")).isEqualTo("connected");
            assertThat(storm.rest().health("ready")).isEqualTo(503);
            assertThat(storm.rest().health("live")).isEqualTo(200);
        } finally {
            outage.end(mongo);
        }
        wellAgain(ann, channel);
    }

    @ParameterizedTest
    @EnumSource
    @Row({"SERVICE_UNAVAILABLE", "GET /health"})
    void withoutRedisSigningInIsClosedAndReadingOpen(Outage outage) throws Exception {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        delivered(ann, channel);
        TestStore redis = storm.stores().redis();
        outage.begin(redis);
        try {
            unavailable("login", () -> stranger().post("/auth/login", credentials(ann)));
            unavailableToMany("logins at once", () -> stranger().post("/auth/login", credentials(ann)));
            unavailable("refresh", () -> stranger().post("/auth/refresh", refreshWith("x")));
            unavailable(
                    "send",
                    () -> ann.rest().post(messages(channel), PlainRest.message(PlainRest.newId(), Words.text())));
            unavailable("rename", () -> patch(ann.rest(), channel(channel), json("description", "late")));
            unavailable("texts", () -> ann.rest().get(messages(channel) + "?include=content"));
            unavailable("ticket", () -> ann.rest().post("/auth/ws-ticket", "{}"));
            for (String path : List.of("/users/me", channel(channel), messages(channel))) {
                good(quick(path, () -> ann.rest().get(path)), 200);
            }
            // What health found is kept for a second.
            Answer health = await(
                    "health", () -> quick("health", () -> stranger().get("/health")), answer -> answer.status() == 503);
            assertThat(health.json().getString("mongo")).isEqualTo("connected");
            assertThat(health.json().getString("redis")).isEqualTo("disconnected");
            assertThat(storm.rest().health("ready")).isEqualTo(503);
            assertThat(storm.rest().health("live")).isEqualTo(200);
            assertThat(Metrics.of(storm).value("storm_rest_limits_unchecked_total", "result", "open"))
                    .isGreaterThanOrEqualTo(3);
        } finally {
            outage.end(redis);
        }
        // Nothing was done by half meanwhile.
        await("me", () -> ann.rest().get("/users/me"), answer -> answer.status() == 200);
        wellAgain(ann, channel);
        assertThat(good(ann.rest().get(channel(channel)), 200).getString("description"))
                .isEmpty();
    }
}
