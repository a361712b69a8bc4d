package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;

/// A test of rows of the REST contract on the one running server.
@RunsOn(Topology.ALL_IN_ONE)
abstract class RestTest extends StormTest {
    /// Well-formed, and nobody's.
    static final String NO_ID = "0123456789abcdef01234567";
    /// Well-formed, and nothing's.
    static final String NO_UUID = "00000000-0000-4000-8000-000000000000";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    RestTest(Storm storm) {
        super(storm);
    }

    /// The people whom the tests share; who is changed by a test is made for it.
    Cast cast() {
        return Cast.of(storm);
    }

    /// Somebody new with that role.
    Person joinAs(String role) {
        Person person = people.join(role);
        if (role.equals("member")) {
            return person;
        }
        good(cast().admin().rest().call("PATCH", "/users/" + person.id(), json("role", role), List.of()), 200);
        return people.signIn(person.email(), person.password());
    }

    /// A JSON object of names and values in turn.
    static String json(Object... pairs) {
        JsonObjectBuilder object = jakarta.json.Json.createObjectBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            String name = (String) pairs[i];
            switch (pairs[i + 1]) {
                case String text -> object.add(name, text);
                case Integer number -> object.add(name, number);
                case Long number -> object.add(name, number);
                case Boolean flag -> object.add(name, flag);
                case JsonValue value -> object.add(name, value);
                default -> throw new IllegalArgumentException(String.valueOf(pairs[i + 1]));
            }
        }
        return object.build().toString();
    }

    static String credentials(Person person) {
        return json("email", person.email(), "password", person.password());
    }

    static String refreshWith(String token) {
        return json("refreshToken", token);
    }

    /// The data of an answer that must be good, in its envelope.
    static JsonObject good(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonObject envelope = answer.json();
        assertThat(envelope.getBoolean("success")).isTrue();
        assertThat(envelope.keySet()).containsExactlyInAnyOrder("success", "data", "meta");
        mustHaveMeta(answer);
        return answer.data();
    }

    /// The details of an answer that must be that error, in its envelope.
    static JsonObject refused(Answer answer, ErrorCode code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(code.status());
        assertThat(answer.code()).as(answer.body()).isEqualTo(code.name());
        JsonObject envelope = answer.json();
        assertThat(envelope.getBoolean("success")).isFalse();
        assertThat(envelope.keySet()).containsExactlyInAnyOrder("success", "error", "meta");
        JsonObject error = envelope.getJsonObject("error");
        assertThat(error.getString("message")).isNotBlank();
        mustHaveMeta(answer);
        JsonObject details = error.getJsonObject("details");
        return details == null ? JsonValue.EMPTY_JSON_OBJECT : details;
    }

    private static void mustHaveMeta(Answer answer) {
        JsonObject meta = answer.json().getJsonObject("meta");
        assertThat(meta.getString("requestId")).isEqualTo(header(answer, "X-Request-Id"));
        assertThat(meta.getString("timestamp")).endsWith("Z");
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase("application/json; charset=utf-8");
    }

    static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    static Answer send(PlainRest rest, String method, String path, @Nullable String body) {
        return rest.call(method, path, body, List.of());
    }

    static Answer patch(PlainRest rest, String path, String body) {
        return rest.call("PATCH", path, body, List.of());
    }

    static Answer put(PlainRest rest, String path, String body) {
        return rest.call("PUT", path, body, List.of());
    }

    static Answer delete(PlainRest rest, String path) {
        return rest.call("DELETE", path, null, List.of());
    }

    /// Asks until the answer is as it must be.
    static Answer await(String what, java.util.concurrent.Callable<Answer> call, Predicate<Answer> good) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(call, good);
    }

    static Stream<JsonObject> objects(JsonObject data, String array) {
        return data.getJsonArray(array).getValuesAs(JsonObject.class).stream();
    }

    static List<String> texts(JsonObject data, String array, String field) {
        return objects(data, array).map(each -> each.getString(field)).toList();
    }

    /// A message of that person, stored and delivered.
    static String delivered(Person sender, ChannelId channel) {
        String id = PlainRest.newId();
        good(sender.rest().post(messages(channel), PlainRest.message(id, Words.text())), 202);
        await(
                "message " + id,
                () -> sender.rest().get(messages(channel) + "?limit=100"),
                answer -> answer.status() == 200
                        && objects(answer.data(), "messages")
                                .anyMatch(message -> message.getString("messageId")
                                                .equals(id)
                                        && message.getString("deliveryStatus").equals("delivered")));
        return id;
    }

    static String messages(ChannelId channel) {
        return "/channels/" + channel + "/messages";
    }

    static String channel(ChannelId channel) {
        return "/channels/" + channel;
    }
}
