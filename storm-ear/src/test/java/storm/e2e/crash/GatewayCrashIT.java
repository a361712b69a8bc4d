package storm.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.gateway.Shows;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.web.PlainSocket;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;

/// A gateway dies or stops.
@RunsOn(Topology.SPLIT)
class GatewayCrashIT extends StormTest {
    GatewayCrashIT(Storm storm) {
        super(storm);
    }

    @Test
    @Shows({"no loss", "no duplicates"})
    void afterAKillOfTheGatewayTheClientResumesWithoutGapOrRepeat() {
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
        bobs.awaitMessages(channel, 5);

        storm.gateway().kill();
        for (int i = 0; i < 5; i++) {
            texts.add(Words.text());
            ann.post(channel, texts.getLast());
        }
        texts.add(Words.text());
        CompletableFuture<ServerEvent.MessageAck> whileDown = bobs.connection().send(channel, texts.getLast());
        assertThat(whileDown).isNotDone();
        storm.gateway().start();

        whileDown.orTimeout(60, TimeUnit.SECONDS).join();
        for (Phone phone : List.of(anns, bobs)) {
            phone.awaitConnects(2);
            assertThat(phone.awaitMessages(channel, texts.size()))
                    .extracting(ServerEvent.MessageNew::content)
                    .containsExactlyElementsOf(texts);
            phone.connection().ping().orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(phone.messages(channel)).hasSameSizeAs(texts);
            assertThat(phone.missed()).isEmpty();
        }
        assertThat(ann.client().messages().list(channel, 50, null).items()).hasSameSizeAs(texts);
    }

    @Test
    @Shows({"shutdown", "1001"})
    void aGatewayThatStopsInOrderSaysGoodbyeWith1001() {
        PlainSocket socket = people.join("ann").socket();

        storm.gateway().stop();

        assertThat(socket.closeCode()).isEqualTo(1001);
    }
}
