package storm.ws.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;
import storm.core.crypto.TransportCipher;
import storm.core.sessions.AccessTokens;
import storm.embedded.fixture.TestStores;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;
import storm.wire.Wire;
import storm.ws.fixture.Ids;
import storm.ws.fixture.TestGateway;
import storm.ws.fixture.TestWorker;

/// The WAR as it is shipped against clients that break the protocol, byte by byte.
@ExtendWith(ArquillianExtension.class)
class HostileClientsIT {
    private static final TestStores STORES = TestStores.shared();
    private static final URI GATEWAY =
            URI.create("ws://127.0.0.1:" + Integer.getInteger("it.http.port", 0) + "/hostile/ws");
    private static final int ATTACKERS = 300;

    private final UserId ann = Ids.user();
    private final UserId bob = Ids.user();
    private RedisClient redis;
    private TestWorker worker;

    /// The archive's name is its context root.
    @Deployment(testable = false)
    static WebArchive shippedWar() {
        STORES.flushRedis();
        return ShrinkWrap.create(WebArchive.class, "hostile.war")
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/storm-ws.war")))
                .addAsResource(
                        new StringAsset(String.join(
                                "\n",
                                "storm.redis.url=" + STORES.redisUrl(),
                                "storm.jwt.algorithm=HS256",
                                "storm.jwt.secret=" + "5a".repeat(64),
                                "storm.shutdown.timeout=PT2S",
                                "storm.ws.max.per.user=1000",
                                "storm.transport.key=" + "0f".repeat(32))),
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
    }

    @Test
    void aFloodOfGarbageHarmsNobodyAndIsNotLoggedLineByLine() throws Exception {
        ChannelId channel = worker.channel(bob);
        try (Wire bobs = Wire.ready(GATEWAY, token(bob))) {
            long lines = logLines();
            long reports = reports();
            Random random = new Random(20260102);

            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> attacks = new ArrayList<>();
                for (int i = 0; i < ATTACKERS; i++) {
                    int kind = i;
                    long seed = random.nextLong();
                    attacks.add(many.submit(() -> attack(kind, new Random(seed))));
                }
                for (Future<?> attack : attacks) {
                    attack.get();
                }
            }

            worker.publish(channel, bob, "still here");
            assertThat(bobs.next(ServerEvent.MessageNew.class).content()).isEqualTo("still here");
            try (Wire newcomer = Wire.open(GATEWAY, token(ann))) {
                newcomer.next(ServerEvent.ConnectionReady.class);
            }
            assertThat(logLines() - lines)
                    .as("lines logged for %d attacks", ATTACKERS)
                    .isLessThan(ATTACKERS / 10);
            assertThat(reports() - reports)
                    .as("reports, one or two of each kind of fault")
                    .isLessThan(ATTACKERS / 10);
        }
    }

    @Test
    void anUnreadSocketIsClosedWith4009AndNobodyElseNotices() throws IOException {
        ChannelId channel = worker.channel(ann, bob);
        String text = "x".repeat(4_000);
        try (Wire stalled = Wire.ready(GATEWAY, token(ann));
                Wire fine = Wire.ready(GATEWAY, token(bob))) {
            for (int i = 0; i < 40; i++) {
                for (int j = 0; j < 50; j++) {
                    worker.publish(channel, bob, text);
                }
                for (int j = 0; j < 50; j++) {
                    assertThat(fine.next(ServerEvent.MessageNew.class).seq()).isEqualTo(50L * i + j + 1);
                }
            }

            List<Long> read = new ArrayList<>();
            int code = stalled.readToTheEnd(event -> {
                if (event instanceof ServerEvent.MessageNew message) {
                    read.add(message.seq());
                }
            });

            assertThat(code).isEqualTo(4009);
            assertThat(read)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, read.size()).boxed().toList());
            assertThat(read.size()).isLessThan(2_000);
        }
    }

    @Test
    void aMessageWithoutEndIsCutOff() throws IOException {
        try (Wire endless = Wire.ready(GATEWAY, token(ann))) {
            byte[] part = new byte[8_000];
            int sent = 0;
            try {
                endless.frame(0x01, part, part.length);
                for (; sent < 50; sent++) {
                    endless.frame(0x00, part, part.length);
                }
            } catch (IOException e) {
                // Closed while we were writing: as good.
            }
            assertThat(endless.readToTheEnd(_ -> {})).isIn(1009, 1006);
        }
    }

    private void attack(int kind, Random random) {
        try (Wire wire = kind % 5 == 0
                ? new Wire(GATEWAY)
                : kind % 5 == 1 ? Wire.open(GATEWAY, "nonsense") : Wire.open(GATEWAY, token(ann))) {
            byte[] noise = new byte[2_000];
            random.nextBytes(noise);
            switch (kind % 10) {
                case 0, 5 -> wire.write(noise);
                case 2 -> wire.frame(0x81, "{".getBytes(UTF_8), 1);
                case 3 -> wire.frame(0x81, noise, noise.length); // Not UTF-8.
                case 4 -> wire.frame(0x82, noise, noise.length); // Binary.
                case 6 -> wire.frame(0x81, noise, 1L << 40); // A length that never comes.
                case 7 -> wire.frame(0x83, noise, noise.length); // A kind of frame that there is not.
                case 8 -> wire.frame(0xf1, noise, noise.length); // Reserved bits.
                case 9 -> {
                    for (int i = 0; i < 200; i++) {
                        wire.frame(0x81, "{\"event\":\"no.such\"}".getBytes(UTF_8), 19);
                    }
                }
                default -> wire.write("\u0000\u0081nothing of the kind".getBytes(UTF_8));
            }
            if (kind % 3 == 0) {
                wire.readToTheEnd(_ -> {});
            }
        } catch (IOException e) {
            // The server hung up, as it should.
        }
    }

    private String token(UserId user) {
        return new AccessTokens(TestGateway.KEYS, Clock.systemUTC())
                .sign(user, Role.MEMBER, Ids.session(), Instant.now())
                .token();
    }

    private static long logLines() throws IOException {
        long lines = 0;
        for (Path file : logs(name -> !name.contains("ffdc"))) {
            lines += Files.readAllLines(file, ISO_8859_1).size();
        }
        return lines;
    }

    /// Liberty's reports of faults within itself, at length: the first of each kind.
    private static long reports() throws IOException {
        return logs(name -> name.contains("ffdc")).size();
    }

    private static List<Path> logs(Predicate<String> which) throws IOException {
        Path logs =
                Path.of(System.getProperty("it.wlp.home"), "usr/servers", System.getProperty("it.server.name"), "logs");
        try (Stream<Path> files = Files.walk(logs)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> which.test(logs.relativize(file).toString()))
                    .toList();
        }
    }
}
