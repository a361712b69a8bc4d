package storm.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainRest;
import storm.embedded.fixture.TestStore;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;

/// A store goes away and comes back: clear answers meanwhile, nothing lost, nobody restarts a server.
@RunsOn(Topology.SPLIT)
class StoreOutageIT extends StormTest {
    StoreOutageIT(Storm storm) {
        super(storm);
    }

    @Test
    void afterARestartOfRedisPeopleTalkOnWithoutGapOrRepeat() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        Phone anns = ann.phone();
        Phone bobs = bob.phone();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            texts.add(Words.text());
            anns.send(channel, texts.getLast());
        }

        TestStore redis = storm.stores().redis();
        redis.stop();
        try {
            mustBeUnavailable(ann.rest()
                    .post("/channels/" + channel + "/messages", PlainRest.message(PlainRest.newId(), Words.text())));
        } finally {
            redis.start();
        }
        for (int i = 0; i < 5; i++) {
            String text = Words.text();
            MessageId id = new MessageId(PlainRest.newId());
            texts.add(text);
            untilItWorks(() -> ann.post(channel, id, text));
        }

        for (Phone phone : List.of(anns, bobs)) {
            assertThat(phone.awaitMessages(channel, texts.size()))
                    .extracting(ServerEvent.MessageNew::content)
                    .containsExactlyElementsOf(texts);
        }
        assertThat(ann.client().messages().list(channel, 50, null).items()).hasSameSizeAs(texts);
    }

    @Test
    void whatIsAckedWhileMongoIsAwayArrivesWhenItIsBack() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        Phone phone = ann.phone();
        String before = Words.text();
        String during = Words.text();
        String after = Words.text();
        phone.send(channel, before);
        phone.awaitMessages(channel, 1);

        TestStore mongo = storm.stores().mongo();
        mongo.stop();
        try {
            phone.send(channel, during);
            mustBeUnavailable(ann.rest().get("/channels/" + channel + "/messages"));
        } finally {
            mongo.start();
        }
        phone.send(channel, after);

        assertThat(phone.awaitMessages(channel, 3))
                .extracting(ServerEvent.MessageNew::content)
                .containsExactly(before, during, after);
        untilItWorks(() -> ann.client().messages().list(channel, 50, null));
        assertThat(ann.client().messages().list(channel, 50, null).items()).hasSize(3);
    }

    private static void mustBeUnavailable(PlainRest.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(answer.response().headers().firstValue("Retry-After").orElse(""))
                .matches("[0-9]+");
    }

    /// Calls until the call does not fail: what was refused meanwhile is not stored.
    private static void untilItWorks(Runnable call) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    call.run();
                    return true;
                });
    }
}
