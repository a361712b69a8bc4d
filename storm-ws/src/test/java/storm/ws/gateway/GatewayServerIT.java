package storm.ws.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;
import storm.core.crypto.TransportCipher;
import storm.core.sessions.AccessTokens;
import storm.embedded.fixture.TestStores;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ClientFrame;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;
import storm.ws.fixture.Ids;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestWorker;

/// The WAR as it is shipped, in a real server, over real sockets.
@ExtendWith(ArquillianExtension.class)
class GatewayServerIT {
    private static final TestStores STORES = TestStores.shared();
    private static final String SECRET = "5a".repeat(64);
    private static final String TRANSPORT_KEY = "0f".repeat(32);

    private final String server = "127.0.0.1:" + System.getProperty("it.http.port") + "/gateway";
    private final HttpClient http = HttpClient.newHttpClient();
    private final UserId ann = Ids.user();
    private RedisClient redis;
    private TestWorker worker;

    /// The archive's name is its context root.
    @Deployment(testable = false)
    static WebArchive shippedWar() {
        STORES.flushRedis();
        return ShrinkWrap.create(WebArchive.class, "gateway.war")
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/storm-ws.war")))
                .addAsResource(
                        new StringAsset(String.join(
                                "\n",
                                "storm.redis.url=" + STORES.redisUrl(),
                                "storm.jwt.algorithm=HS256",
                                "storm.jwt.secret=" + SECRET,
                                "storm.shutdown.timeout=PT2S",
                                "storm.transport.key=" + TRANSPORT_KEY)),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void open() {
        redis = RedisClient.create(STORES.redisUrl());
        worker = new TestWorker(redis, new TransportCipher(TestGateway.TRANSPORT, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        worker.close();
        redis.close();
        http.close();
    }

    @Test
    void aMemberIsMadeReadyAndItsMessageIsAcked() throws InterruptedException {
        ChannelId channel = worker.channel(ann);
        Peer peer = connect("?token=" + token());

        assertThat(peer.next())
                .isInstanceOfSatisfying(
                        ServerEvent.ConnectionReady.class,
                        ready -> assertThat(ready.channels())
                                .extracting(ServerEvent.ChannelPosition::channelId)
                                .containsExactly(channel));
        peer.says(new ClientEvent.MessageSend(Ids.message(), channel, "hello", Instant.now()));
        assertThat(peer.next()).isInstanceOf(ServerEvent.MessageAck.class);
        worker.publish(channel, ann, "hello");
        assertThat(peer.next())
                .isInstanceOfSatisfying(
                        ServerEvent.MessageNew.class,
                        event -> assertThat(event.seq()).isEqualTo(1));
        peer.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Test
    void aBadTokenIsClosedAfterTheUpgrade() {
        assertThat(connect("?token=none").closeCode()).isEqualTo(4001);
        assertThat(connect("").closeCode()).isEqualTo(4001);
    }

    @Test
    void garbageIsClosedWith4003() throws InterruptedException {
        Peer peer = connect("?token=" + token());
        assertThat(peer.next()).isInstanceOf(ServerEvent.ConnectionReady.class);

        peer.socket.sendText("{", true).join();

        assertThat(peer.closeCode()).isEqualTo(4003);
    }

    @Test
    void aForeignOriginIsRefusedAtTheHandshake() {
        CompletableFuture<WebSocket> opening = http.newWebSocketBuilder()
                .header("Origin", "https://elsewhere.example")
                .buildAsync(URI.create("ws://" + server + "/ws?token=" + token()), new Heard());

        assertThat(opening.handle((_, failure) -> failure instanceof CompletionException wrapped
                                        && wrapped.getCause()
                                                instanceof java.net.http.WebSocketHandshakeException refused
                                ? refused.getResponse().statusCode()
                                : failure instanceof java.net.http.WebSocketHandshakeException refused
                                        ? refused.getResponse().statusCode()
                                        : 0)
                        .join())
                .isEqualTo(403);
    }

    @Test
    void plainRequestsAreAnsweredInTheEnvelope() throws IOException, InterruptedException {
        for (String path : new String[] {"/nowhere", "/ws"}) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + server + path))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isBetween(400, 404);
            assertThat(answer.body()).as(path).startsWith("{\"error\":");
        }
    }

    private String token() {
        return new AccessTokens(TestGateway.KEYS, Clock.systemUTC())
                .sign(ann, Role.MEMBER, Ids.session(), Instant.now())
                .token();
    }

    private Peer connect(String query) {
        Heard heard = new Heard();
        return new Peer(
                http.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://" + server + "/ws" + query), heard)
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join(),
                heard);
    }

    /// One socket and what came over it.
    private record Peer(WebSocket socket, Heard heard) {
        ServerEvent next() throws InterruptedException {
            ServerEvent event = heard.events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("an event within 20 s").isNotNull();
            return Objects.requireNonNull(event);
        }

        void says(ClientEvent event) {
            socket.sendText(new ClientFrame("r", event).encode(), true).join();
        }

        int closeCode() {
            return heard.closed.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<ServerEvent> events = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                ServerFrame.decode(text.toString()).ifPresent(frame -> events.add(frame.event()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
