package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;
import storm.protocol.errors.ErrorCode;

/// The table of error codes, and the headers of every answer.
class ErrorsIT extends RestTest {
    ErrorsIT(Storm storm) {
        super(storm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/users/me/nothing", "/auth", "/auth/", "/", "", "/channels/x/y/z", "/../nothing"})
    @Row("NOT_FOUND")
    void anUnknownRouteIsNotFound(String path) {
        refused(stranger().get(path), ErrorCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api",
                "/api/",
                "/api/nothing",
                "/api/v2/users",
                "/index.html",
                "/api/WEB-INF/beans.xml",
                "/api/META-INF/x"
            })
    @Row("NOT_FOUND")
    void outsideOfTheInterfaceIsNothingButTheEnvelope(String path) {
        Answer answer = PlainRest.at(storm.rest().http().resolve("/")).get(path.substring(1));
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(header(answer, "Server")).isEmpty();
        assertThat(header(answer, "X-Powered-By")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /auth/login",
        "GET,    /auth/login",
        "PUT,    /channels",
        "POST,   /users",
        "POST,   /users/me",
        "PATCH,  /health",
        "POST,   /queue/stats",
        "BREW,   /users/me",
        "PROPFIND, /channels",
    })
    @Row("METHOD_NOT_ALLOWED")
    void anotherMethodIsNotAllowedAndToldWhichAre(String method, String path) {
        Answer answer = cast().ann().rest().call(method, path, "{}", List.of());
        refused(answer, ErrorCode.METHOD_NOT_ALLOWED);
        assertThat(header(answer, "Allow")).isNotEmpty();
    }

    @Test
    @Row("METHOD_NOT_ALLOWED")
    void optionsTellsTheMethodsWithoutABody() {
        Answer answer = stranger().call("OPTIONS", "/channels", null, List.of());
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Allow")).contains("GET", "POST");
    }

    @Test
    @Row("NOT_ACCEPTABLE")
    void whoTakesNoJsonIsToldSoInJson() {
        for (String accept : List.of("text/html", "application/xml", "image/*", "json", "text/html, nonsense")) {
            refused(stranger().call("GET", "/auth/jwks", null, List.of("Accept", accept)), ErrorCode.NOT_ACCEPTABLE);
        }
        for (String accept : List.of("*/*", "application/*", "text/html, application/json;q=0.1")) {
            good(stranger().call("GET", "/auth/jwks", null, List.of("Accept", accept)), 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "json",
                "application",
                "/",
                "application/json; charset=utf-16",
                "application/octet-stream"
            })
    @Row("UNSUPPORTED_MEDIA_TYPE")
    void anotherMediaTypeIsNotRead(String type) {
        refused(
                stranger().call("POST", "/auth/login", credentials(cast().bob()), List.of("Content-Type", type)),
                ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    @Row("UNSUPPORTED_MEDIA_TYPE")
    void aPackedBodyIsNotUnpacked() {
        for (String coding : List.of("gzip", "deflate", "br", "nonsense")) {
            refused(
                    stranger()
                            .call(
                                    "POST",
                                    "/auth/login",
                                    credentials(cast().bob()),
                                    List.of("Content-Encoding", coding, "Content-Type", "application/json")),
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    @Test
    @Row("UNSUPPORTED_MEDIA_TYPE")
    void jsonInUtf8IsReadHoweverItIsWritten() {
        for (String type :
                List.of("application/json", "application/json; charset=UTF-8", "APPLICATION/JSON;charset=utf-8")) {
            good(stranger().call("POST", "/auth/login", credentials(cast().bob()), List.of("Content-Type", type)), 200);
        }
    }

    @Test
    @Row("PAYLOAD_TOO_LARGE")
    void aBodyMayHave16KiB() {
        String padded = credentials(cast().bob());
        String full = padded + " ".repeat(16 * 1024 - padded.length());
        good(stranger().post("/auth/login", full), 200);
        refused(stranger().post("/auth/login", full + " "), ErrorCode.PAYLOAD_TOO_LARGE);
        refused(stranger().post("/auth/login", "x".repeat(100_000)), ErrorCode.PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "null",
                "true",
                "7",
                "\"text\"",
                "{\"email\":}",
                "{'email':'x'}",
                "{\"email\":\"x\",}",
                "{\"email\":\"x\"}{",
                "{\"x\":[",
                "{\"email\":\"\\ud800\"",
                "\u0000",
                "nonsense",
                "<xml/>",
                "{\"email\": 1e999999}"
            })
    @Row("VALIDATION_ERROR")
    void whatIsNoJsonObjectIsMalformed(String body) {
        refused(stranger().post("/auth/login", body), ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("VALIDATION_ERROR")
    void aTextNestedTooDeeplyIsMalformed() {
        refused(
                stranger().post("/auth/login", "{\"x\":" + "[".repeat(8000) + "]".repeat(8000) + "}"),
                ErrorCode.VALIDATION_ERROR);
        refused(
                stranger().post("/auth/login", "{\"x\":".repeat(2000) + "1" + "}".repeat(2000)),
                ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Row("VALIDATION_ERROR")
    void everyWrongFieldIsNamedAtOnce() {
        assertThat(refused(stranger().post("/auth/register", "{}"), ErrorCode.VALIDATION_ERROR)
                        .keySet())
                .containsExactlyInAnyOrder("username", "email", "password");
    }

    @Test
    @Row("INTERNAL_ERROR")
    void noAnswerTellsItsCause() {
        // Whatever fails, nothing of classes, frames or stores is in an answer; the fuzz test asks thousands of times.
        for (Answer answer : List.of(
                stranger().get("/nothing"),
                stranger().post("/auth/login", "{"),
                stranger().get("/users/me"))) {
            assertThat(answer.body())
                    .doesNotContainIgnoringCase("exception")
                    .doesNotContain("java.", "storm.rest", "mongo");
        }
    }

    @Test
    void aSaneRequestIdIsKeptAndAnotherReplaced() {
        String longest = "a".repeat(62) + ".-";
        assertThat(header(stranger().call("GET", "/auth/jwks", null, List.of("X-Request-Id", longest)), "X-Request-Id"))
                .isEqualTo(longest);
        for (String insane : List.of("", "a".repeat(65), "a b", "a\"b", "ä", "a/b")) {
            String given =
                    header(stranger().call("GET", "/auth/jwks", null, List.of("X-Request-Id", insane)), "X-Request-Id");
            assertThat(UUID.fromString(given).toString()).isEqualTo(given);
        }
    }

    @Test
    void everyAnswerHasTheHeadersThatKeepBrowsersAtBay() {
        for (Answer answer : List.of(
                stranger().get("/auth/jwks"),
                stranger().get("/nothing"),
                stranger().get("/users/me"),
                stranger().get("/health"),
                stranger().call("DELETE", "/auth/login", null, List.of()),
                stranger().post("/auth/login", "{"))) {
            assertThat(header(answer, "Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; frame-ancestors 'none'");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(answer, "Server")).isEmpty();
            assertThat(header(answer, "X-Powered-By")).isEmpty();
            assertThat(header(answer, "Set-Cookie")).isEmpty();
            // Over plain HTTP a browser would not believe it.
            assertThat(header(answer, "Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void headAnswersLikeGetWithoutABody() {
        Answer answer = stranger().call("HEAD", "/auth/jwks", null, List.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }
}
