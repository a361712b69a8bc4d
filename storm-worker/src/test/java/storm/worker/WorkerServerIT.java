package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import storm.embedded.fixture.TestStores;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.pages.PageRequest;

/// The WAR as it is shipped, in a real server.
@ExtendWith(ArquillianExtension.class)
class WorkerServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TestInstallation storm = installation();

    private static TestInstallation installation() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        return new TestInstallation(stores);
    }

    @Deployment(testable = false)
    static WebArchive shippedWar() {
        String settings = storm.settings().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("\n"));
        return ShrinkWrap.create(WebArchive.class, "worker.war")
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/storm-worker.war")))
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
    }

    @AfterAll
    static void close() {
        storm.close();
    }

    @Test
    void messageIsStoredAndPublished() {
        UserId ann = TestInstallation.newUser();
        ChannelId channel = storm.newChannel(ann);
        storm.send(TestInstallation.message(channel, ann, "hello"));

        await().atMost(PATIENCE)
                .until(() -> storm.events.after(channel, 0, 10).frames().size() == 1);
        assertThat(storm.messages.list(channel, PageRequest.first(10)).items()).hasSize(1);
    }

    @Test
    void serverIsReadyOnceItReadsTheQueue(@ArquillianResource URL base) throws Exception {
        URI ready = base.toURI().resolve("/health/ready");
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> answer =
                        client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"partitions\":16");
            });
        }
    }

    @Test
    void metricsTellOfTheQueueAndItsJobs(@ArquillianResource URL base) throws Exception {
        UserId ann = TestInstallation.newUser();
        ChannelId channel = storm.newChannel(ann);
        storm.send(TestInstallation.message(channel, ann, "counted"));
        storm.send(TestInstallation.message(channel, TestInstallation.newUser(), "of a stranger"));

        URI metrics = base.toURI().resolve("/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                String text = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                assertThat(gauge(text, "dead_total")).isEqualTo(1);
                assertThat(gauge(text, "queue_dead")).isEqualTo(1);
                assertThat(gauge(text, "queue_waiting")).isZero();
                assertThat(gauge(text, "queue_active")).isZero();
                assertThat(gauge(text, "queue_delayed")).isZero();
                assertThat(gauge(text, "queue_oldest_ms")).isZero();
                assertThat(gauge(text, "queue_workers")).isEqualTo(1);
                assertThat(gauge(text, "partitions")).isEqualTo(16);
                assertThat(gauge(text, "done_total")).isPositive();
                assertThat(gauge(text, "retried_total")).isZero();
                assertThat(gauge(text, "batches_total")).isPositive();
                assertThat(gauge(text, "batched_total")).isGreaterThanOrEqualTo(gauge(text, "batches_total"));
                assertThat(gauge(text, "stage_seconds_total", "insert")).isPositive();
                assertThat(gauge(text, "stage_seconds_total", "publish")).isPositive();
            });
        }
    }

    private static double gauge(String metrics, String name, String... tags) {
        String tag = tags.length == 0 ? "" : "stage=\"" + tags[0] + "\"";
        Matcher line = Pattern.compile("(?m)^storm_worker_" + name + "\\{[^}]*" + tag + "[^}]*} (\\S+)$")
                .matcher(metrics);
        assertThat(line.find()).as(name + " in\n" + metrics).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
