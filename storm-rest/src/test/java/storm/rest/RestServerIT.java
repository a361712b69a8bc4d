package storm.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;
import storm.embedded.GeneratedSecrets;
import storm.embedded.fixture.TestStores;
import storm.protocol.json.Json;

/// The WAR as it is shipped, in a real server on real stores, without a gateway and without a worker.
@ExtendWith(ArquillianExtension.class)
class RestServerIT {
    private static final TestStores STORES = TestStores.shared();
    private static final String PASSWORD = "Correct-horse-7";

    private final URI api = URI.create("http://127.0.0.1:" + System.getProperty("it.http.port") + "/api/v1");

    /// The archive's name is its context root.
    @Deployment(testable = false)
    static WebArchive shippedWar() {
        STORES.flushRedis();
        Map<String, String> settings = new TreeMap<>();
        GeneratedSecrets secrets =
                GeneratedSecrets.in(Path.of("target", "rest-server-it").toAbsolutePath());
        secrets.values().forEach((name, value) -> settings.put(property(name), value));
        settings.remove("storm.message.keys");
        settings.put("storm.jwt.private.key", secrets.jwtPrivateKey().toString());
        settings.put("storm.jwt.public.key", secrets.jwtPublicKey().toString());
        settings.put("storm.mongodb.uri", STORES.mongoUri(STORES.freshDatabase()));
        settings.put("storm.redis.url", STORES.redisUrl());
        return ShrinkWrap.create(WebArchive.class, "api.war")
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/storm-rest.war")))
                .addAsResource(
                        new StringAsset(settings.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining("\n"))),
                        "META-INF/microprofile-config.properties");
    }

    @Test
    void whoRegistersMayMakeAChannelAndSend() throws IOException, InterruptedException {
        String token = register("ann");
        JsonObject channel = data(call("POST", "/channels", token, "{\"name\":\"" + UUID.randomUUID() + "\"}"), 201);
        String messageId = UUID.randomUUID().toString();
        String message = """
                {"messageId":"%s","content":"hello","clientTs":"2030-01-31T12:00:00Z"}""".formatted(messageId);
        String messages = "/channels/" + channel.getString("id") + "/messages";

        assertThat(data(call("POST", messages, token, message), 202).getString("status"))
                .isEqualTo("pending");
        assertThat(data(call("POST", messages, token, message), 202).getString("status"))
                .isEqualTo("duplicate");
        try (RedisClient redis = RedisClient.create(STORES.redisUrl())) {
            assertThat(redis.keys("storm:q:*:seen:" + messageId)).hasSize(1);
        }
    }

    @Test
    void whoIsNoMemberMayNotSend() throws IOException, InterruptedException {
        JsonObject channel =
                data(call("POST", "/channels", register("bob"), "{\"name\":\"" + UUID.randomUUID() + "\"}"), 201);
        String message = """
                {"messageId":"%s","content":"hello","clientTs":"2030-01-31T12:00:00Z"}""".formatted(UUID.randomUUID());

        refused(
                call("POST", "/channels/" + channel.getString("id") + "/messages", register("cid"), message),
                403,
                "FORBIDDEN");
    }

    @Test
    void aUserIsThereOnce() throws IOException, InterruptedException {
        String registration = registration("dan");
        data(call("POST", "/auth/register", null, registration), 201);

        refused(call("POST", "/auth/register", null, registration), 409, "CONFLICT");
    }

    @Test
    void unknownRouteIsNotFound() throws IOException, InterruptedException {
        refused(call("GET", "/no-such-thing", null, null), 404, "NOT_FOUND");
    }

    @Test
    void whatTheContainerRefusesIsRefusedInTheEnvelope() throws IOException, InterruptedException {
        refused(call("GET", "/users/me", null, null), 401, "UNAUTHORIZED");
        refused(call("GET", "/users/me", "no.token.atall", null), 401, "TOKEN_INVALID");
    }

    private String register(String name) throws IOException, InterruptedException {
        return data(call("POST", "/auth/register", null, registration(name)), 201)
                .getString("accessToken");
    }

    private static String registration(String name) {
        String username = name + "_" + UUID.randomUUID().toString().substring(0, 8);
        return """
               {"username":"%s","email":"%s@example.org","password":"%s"}""".formatted(username, username, PASSWORD);
    }

    private HttpResponse<String> call(String method, String path, @Nullable String token, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static JsonObject data(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.readObject(answer.body()).getJsonObject("data");
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Json.readObject(answer.body()).getJsonObject("error").getString("code"))
                .isEqualTo(code);
    }

    /// `STORM_REDIS_URL` as MicroProfile Config names it.
    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
