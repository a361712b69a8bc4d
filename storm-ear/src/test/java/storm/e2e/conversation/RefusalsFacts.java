package storm.e2e.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.e2e.web.PlainSocket.Frame;

/// Input that no good client sends, and what comes back: always Storm's own words, never a container's page.
abstract class RefusalsFacts extends StormTest {
    RefusalsFacts(Storm storm) {
        super(storm);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /users/me                           |                   | 401 | UNAUTHORIZED
            GET    | /nowhere                            |                   | 404 | NOT_FOUND
            POST   | /auth/login                         | {                 | 400 | VALIDATION_ERROR
            POST   | /auth/login                         | []                | 400 | VALIDATION_ERROR
            POST   | /auth/login                         | {"email":7}       | 400 | VALIDATION_ERROR
            POST   | /auth/register                      | {}                | 400 | VALIDATION_ERROR
            POST   | /auth/refresh                       | {"refreshToken":"none"} | 401 | UNAUTHORIZED
            DELETE | /auth/login                         |                   | 405 | METHOD_NOT_ALLOWED
            """)
    void aStrangersBadRequestIsAnsweredByTheEnvelope(String method, String path, String body, int status, String code) {
        mustBeRefused(stranger().call(method, path, body, List.of()), status, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /channels/nonsense                          |      | 400 | VALIDATION_ERROR
            GET    | /channels/0123456789abcdef01234567          |      | 404 | NOT_FOUND
            GET    | /channels?cursor=nonsense                   |      | 400 | VALIDATION_ERROR
            GET    | /channels?limit=0                           |      | 400 | VALIDATION_ERROR
            GET    | /channels?limit=many                        |      | 400 | VALIDATION_ERROR
            POST   | /channels                                   | {}   | 400 | VALIDATION_ERROR
            GET    | /users                                      |      | 403 | FORBIDDEN
            GET    | /users/nonsense                             |      | 400 | VALIDATION_ERROR
            """)
    void aMembersBadRequestIsAnsweredByTheEnvelope(String method, String path, String body, int status, String code) {
        Person ann = people.join("ann");

        mustBeRefused(ann.rest().call(method, path, body, List.of()), status, code);
    }

    @Test
    void theGatewayAnswersPlainRequestsByTheEnvelopeToo() {
        PlainRest gateway = PlainRest.at(storm.gateway().http());

        mustBeRefused(gateway.get("/nowhere"), 404, "NOT_FOUND");
        mustBeRefused(gateway.get("/ws"), 400, "VALIDATION_ERROR");
    }

    @Test
    void aTokenThatStormDidNotSignIsInvalid() {
        Person ann = people.join("ann");
        String[] parts = ann.token().split("\\.");
        String forged = parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length());

        mustBeRefused(stranger().withToken(forged).get("/users/me"), 401, "TOKEN_INVALID");
        mustBeRefused(stranger().withToken("nonsense").get("/users/me"), 401, "TOKEN_INVALID");
        mustBeRefused(
                stranger().withToken("eyJhbGciOiJub25lIn0." + parts[1] + ".").get("/users/me"), 401, "TOKEN_INVALID");
    }

    @Test
    void aBodyTooLargeOrOfAStrangeTypeIsRefusedUnread() {
        Person ann = people.join("ann");
        ChannelPath channel = new ChannelPath(ann.channelWith().value());

        mustBeRefused(
                ann.rest().post(channel.messages(), PlainRest.message(PlainRest.newId(), "x".repeat(17_000))),
                413,
                "PAYLOAD_TOO_LARGE");
        mustBeRefused(
                ann.rest().call("POST", channel.messages(), "hello", List.of("Content-Type", "text/plain")),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        mustBeRefused(
                ann.rest().post(channel.messages(), PlainRest.message(PlainRest.newId(), "x".repeat(4_001))),
                400,
                "VALIDATION_ERROR");
        mustBeRefused(
                ann.rest().post(channel.messages(), PlainRest.message("no-uuid", "hello")), 400, "VALIDATION_ERROR");
    }

    private record ChannelPath(String id) {
        String messages() {
            return "/channels/" + id + "/messages";
        }
    }

    @Test
    void aRequestIdIsGivenBack() {
        PlainRest.Answer given = stranger().call("GET", "/nowhere", null, List.of("X-Request-Id", "walk-1.a_B"));
        PlainRest.Answer insane =
                stranger().call("GET", "/nowhere", null, List.of("X-Request-Id", "a b" + "c".repeat(80)));

        assertThat(given.json().getJsonObject("meta").getString("requestId")).isEqualTo("walk-1.a_B");
        assertThat(given.response().headers().firstValue("X-Request-Id")).contains("walk-1.a_B");
        assertThat(insane.json().getJsonObject("meta").getString("requestId")).matches("[0-9a-f-]{36}");
    }

    private static void mustBeRefused(PlainRest.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonObject envelope = answer.json();
        assertThat(envelope.getBoolean("success")).isFalse();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(envelope.getJsonObject("error").getString("message")).isNotBlank();
        assertThat(envelope.getJsonObject("meta").getString("requestId"))
                .isEqualTo(
                        answer.response().headers().firstValue("X-Request-Id").orElse(""));
        assertThat(envelope.getJsonObject("meta").getString("timestamp")).endsWith("Z");
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
    }

    @Test
    void aBadEventIsAnsweredAndTheSocketStays() {
        Person ann = people.join("ann");
        PlainSocket socket = ann.socket();

        socket.send("no.such.event", "a", "{}");
        socket.send("message.send", "b", "{\"messageId\":\"x\",\"channelId\":\"y\",\"content\":\"\"}");

        assertThat(socket.answer("a").event()).isEqualTo("error.invalid_payload");
        Frame details = socket.answer("b");
        assertThat(details.event()).isEqualTo("error.invalid_payload");
        assertThat(details.payload().getJsonObject("details").keySet())
                .containsExactlyInAnyOrder("messageId", "channelId", "content", "clientTs");
        socket.settle();
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void whatIsNoFrameAtAllEndsTheSocketAndNobodyElses() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        PlainSocket bobs = bob.socket();
        for (String nonsense : List.of("{", "[]", "7", "{\"event\":7}", "")) {
            PlainSocket socket = ann.socket();
            socket.sendText(nonsense);
            assertThat(socket.closeCode()).as("after %s", nonsense).isEqualTo(4003);
        }
        PlainSocket big = ann.socket();
        big.sendText("{\"event\":\"ping\",\"requestId\":\"\",\"payload\":{\"x\":\"" + "x".repeat(70_000) + "\"}}");
        assertThat(big.closeCode()).isEqualTo(1009);

        bobs.settle();
        assertThat(bobs.isOpen()).isTrue();
    }

    @Test
    void whoKeepsSendingWhatIsInvalidIsClosedWith4008() {
        Person ann = people.join("ann");
        PlainSocket socket = ann.socket();

        for (int i = 0; i < 10 && socket.isOpen(); i++) {
            socket.send("no.such.event", "bad-" + i, "{}");
        }

        assertThat(socket.closeCode()).isEqualTo(4008);
    }

    @Test
    void aTextOfTheLongestAllowedLengthArrivesWhole() {
        Person ann = people.join("ann");
        String channel = ann.channelWith().value();
        PlainSocket socket = ann.socket();
        String text = Words.text();
        String longest = text + "ß".repeat(4_000 - text.length());

        socket.say(channel, PlainRest.newId(), longest);

        assertThat(socket.awaitMessages(channel, 1).getFirst().text("content")).isEqualTo(longest);
    }
}
