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
}
