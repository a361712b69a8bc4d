package storm.e2e.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.e2e.web.PlainSocket;
import storm.protocol.json.Json;

/// What the servers write down: one JSON object a line, found by request id, and never what only people may read.
abstract class LogsFacts extends StormTest {
    private final List<String> secrets = new ArrayList<>();
    private final List<String> requestIds = new ArrayList<>();

    LogsFacts(Storm storm) {
        super(storm);
    }

    private String secret(String text) {
        secrets.add(text);
        return text;
    }

    private Answer call(PlainRest rest, String method, String path, String body) {
        String id = "walk-" + PlainRest.newId();
        requestIds.add(id);
        Answer answer = rest.call(method, path, body.isEmpty() ? null : body, List.of("X-Request-Id", id));
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isLessThan(500);
        return answer;
    }

    /// Every operation, with good and with bad input, all of it secret where it can be.
    private void driveTheWholeInterface() {
        PlainRest nobody = stranger();
        String name = Words.name("walker");
        String email = secret(name + "@" + Words.EMAIL + ".example");
        String password = secret(Words.PASSWORD + "-Walk1");
        String credentials = Json.write(new Person.Login(email, password));
        call(nobody, "POST", "/auth/register", Json.write(new Person.Registration(name, email, password)));
        call(
                nobody,
                "POST",
                "/auth/register",
                Json.write(new Person.Registration(
                        "x", secret("no-mail-" + Words.EMAIL), secret("weak-" + Words.PASSWORD))));
        JsonObject tokens = call(nobody, "POST", "/auth/login", credentials).data();
        PlainRest me = nobody.withToken(secret(tokens.getString("accessToken")));
        call(nobody, "POST", "/auth/login", Json.write(new Person.Login(email, secret(Words.PASSWORD + "-wrong"))));
        call(nobody, "POST", "/auth/login", credentials.substring(0, credentials.length() - 1));
        call(
                nobody,
                "POST",
                "/auth/login?password=" + secret("Query-" + Words.PASSWORD.replace("!", "")),
                "[\"" + password + "\"]");
        String refresh = "{\"refreshToken\":\"" + secret(tokens.getString("refreshToken")) + "\"}";
        JsonObject next = call(nobody, "POST", "/auth/login", credentials).data();
        secret(next.getString("refreshToken"));
        call(nobody, "POST", "/auth/refresh", "{\"refreshToken\":\"" + secret("unknown-" + Words.TEXT) + "\"}");
        String ticket = secret(call(me, "POST", "/auth/ws-ticket", "").data().getString("ticket"));
        try (PlainSocket socket = PlainSocket.open(URI.create(socketAddress() + "?ticket=" + ticket), List.of())) {
            socket.await(frame -> frame.event().equals("connection.ready"));
            socket.sendText(
                    "{\"event\":\"nonsense\",\"payload\":{\"content\":\"" + secret("frame " + Words.text()) + "\"}}");
            socket.sendText("{\"event\":\"message.send\",\"payload\":\"" + secret("broken " + Words.text()) + "\"}");
        }
        try (PlainSocket socket = PlainSocket.open(
                URI.create(socketAddress() + "?ticket=" + secret("bad-ticket-" + Words.TEXT)), List.of())) {
            socket.closeCode();
        }
        refusedTokens(tokens.getString("accessToken"));
        for (String path : List.of(
                "/auth/sessions",
                "/users/me",
                "/users",
                "/channels",
                "/queue/stats",
                "/audit-log",
                "/dead-letters",
                "/auth/jwks",
                "/health",
                "/nowhere")) {
            call(me, "GET", path, "");
        }
        Person other = people.join("other");
        String channel = call(me, "POST", "/channels", "{\"name\":\"" + Words.name("walk") + "\"}")
                .data()
                .getString("id");
        call(me, "POST", "/channels/" + channel + "/members", "{\"userId\":\"" + other.id() + "\"}");
        String messages = "/channels/" + channel + "/messages";
        String id = PlainRest.newId();
        call(me, "POST", messages, PlainRest.message(id, secret(Words.text())));
        call(me, "POST", messages, PlainRest.message("no-id", secret(Words.text())));
        call(me, "POST", messages, PlainRest.message(PlainRest.newId(), secret(Words.text()) + "x".repeat(4000)));
        Awaitility.await()
                .until(() -> call(me, "GET", messages + "?include=content", "")
                        .body()
                        .contains(Words.TEXT));
        call(me, "PATCH", messages + "/" + id, "{\"content\":\"" + secret(Words.text()) + "\"}");
        call(me, "PUT", "/channels/" + channel + "/read", "{\"seq\":1}");
        call(me, "DELETE", messages + "/" + id, "");
        call(me, "PATCH", "/channels/" + channel, "{\"description\":\"" + secret("About " + PlainRest.newId()) + "\"}");
        call(me, "GET", "/users?q=" + email.replace("@", "%40"), "");
        call(me, "PATCH", "/users/me", "{\"email\":\"" + secret("new-" + email) + "\"}");
        call(
                me,
                "PUT",
                "/users/me/password",
                "{\"currentPassword\":\"" + password + "\",\"newPassword\":\"" + secret(Words.PASSWORD + "-Next1")
                        + "\"}");
        staff(other, channel);
        call(nobody, "POST", "/auth/refresh", refresh);
        call(me, "POST", "/auth/logout-all", "");
    }

    private void staff(Person other, String channel) {
        PlainRest admin = admin().rest();
        String user = "/users/" + other.id();
        call(admin, "GET", "/users?q=" + other.email().replace("@", "%40"), "");
        call(
                admin,
                "PATCH",
                user,
                "{\"email\":\"" + secret("by-staff-" + other.email()) + "\",\"role\":\"moderator\"}");
        call(admin, "GET", "/audit-log?target=user:" + other.id(), "");
        call(admin, "GET", "/dead-letters", "");
        call(admin, "POST", "/dead-letters/retry", "{\"ids\":[\"" + PlainRest.newId() + "\"]}");
        call(admin, "DELETE", user + "/sessions", "");
        call(admin, "DELETE", user, "");
        call(admin, "DELETE", "/channels/" + channel, "");
    }

    /// Tokens that open nothing here might open something elsewhere, or be somebody's real one with a slip.
    private void refusedTokens(String good) {
        String[] parts = good.split("\\.");
        for (String token : List.of(
                secret(parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length())),
                secret(parts[0] + "." + "B" + parts[1] + "." + parts[2]),
                secret("eyJhbGciOiJub25lIn0." + parts[1] + "."),
                secret("nonsense-" + Words.TEXT),
                secret(good + "x"))) {
            assertThat(call(stranger().withToken(token), "GET", "/users/me", "").status())
                    .isEqualTo(401);
            assertThat(call(stranger().withToken(token), "GET", "/auth/jwks", "")
                            .status())
                    .isEqualTo(200);
            try (PlainSocket socket = PlainSocket.open(URI.create(socketAddress() + "?token=" + token), List.of())) {
                assertThat(socket.closeCode()).isEqualTo(4001);
            }
        }
        // Of each token the part that is not public is enough to find it by.
        secret(parts[1]);
        secret(parts[2]);
    }

    @Test
    void noLogOfAnyServerHoldsASecretOfTheWholeInterface() {
        driveTheWholeInterface();

        List<String> everything = new ArrayList<>(secrets);
        everything.addAll(Words.all());
        storm.secrets().values().forEach((name, value) -> everything.add(value));
        List<String> leaks = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (ServerProcess server : storm.servers()) {
            assertThat(server.logs()).as("logs of " + server.name()).isNotEmpty();
            for (Path log : server.logs()) {
                for (String line : lines(log)) {
                    all.add(line);
                    everything.stream()
                            .filter(line::contains)
                            .forEach(found -> leaks.add(log.getFileName() + " of " + server.name() + ": " + line));
                }
            }
        }
        assertThat(leaks.stream().limit(10)).isEmpty();
        // What was looked through are the logs of these very requests.
        String text = String.join("\n", all);
        assertThat(requestIds).hasSizeGreaterThan(50).allMatch(text::contains);
    }

    @Test
    void everyLineIsOneJsonObjectAndARequestsLineTellsWhoseItWas() {
        Person ann = people.join("ann");
        String id = "line-" + PlainRest.newId();
        ann.rest().call("GET", "/users/me", null, List.of("X-Request-Id", id));

        List<String> mine = new ArrayList<>();
        for (ServerProcess server : storm.servers()) {
            for (Path log : server.logs()) {
                if (log.getFileName().toString().startsWith("messages")) {
                    // Above its first event such a file has a head that tells server and Java.
                    for (String line : lines(log).stream()
                            .dropWhile(each -> !each.startsWith("{"))
                            .toList()) {
                        JsonObject event = Json.readObject(line);
                        assertThat(event.keySet()).as(line).contains("ibm_datetime");
                        if (line.contains(id)) {
                            mine.add(event.getString("message"));
                        }
                    }
                }
            }
        }
        assertThat(mine)
                .singleElement()
                .asString()
                .contains("method=GET", "path=/api/v1/users/me", "status=200", "userId=" + ann.id(), "requestId=" + id);
    }

    private static List<String> lines(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
