package storm.e2e.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.e2e.stores.Loot;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.ids.ChannelId;

@RunsOn(Topology.SPLIT)
class SplitTextsIT extends TextsFacts {
    SplitTextsIT(Storm storm) {
        super(storm);
    }

    /// The worker is held so that nothing leaves the queue while the thief looks.
    @Test
    void aTextThatStillWaitsInTheQueueIsSealed() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        PlainSocket socket = ann.socket();
        storm.worker().freeze();
        try {
            for (int i = 0; i < 5; i++) {
                String id = PlainRest.newId();
                socket.say(channel.value(), id, Words.text());
                socket.answer("send-" + id);
            }
            Loot redis = Loot.ofRedis(storm.stores().redisUrl());
            assertThat(redis.items())
                    .as("jobs wait in the queue")
                    .anyMatch(item -> item.place().startsWith("stream storm:q:"));
            assertThat(redis.placesOf(Words.all())).isEmpty();
        } finally {
            storm.worker().thaw();
        }
        assertThat(socket.awaitMessages(channel.value(), 5)).hasSize(5);
    }
}
