package storm.e2e.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.stores.Loot;
import storm.e2e.stores.RedisTap;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;

/// A thief of the stores, or on the line to Redis, reads no text.
abstract class TextsFacts extends StormTest {
    TextsFacts(Storm storm) {
        super(storm);
    }

    @Test
    void noTextLiesInTheClearInEitherStoreNorCrossesRedis() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        PlainSocket socket = bob.socket();
        String id = PlainRest.newId();
        try (RedisTap tap = RedisTap.open(storm.stores().redisUrl())) {
            socket.say(channel.value(), id, Words.text());
            ann.post(channel, Words.text());
            socket.awaitMessages(channel.value(), 2);
            assertThat(ann.client()
                            .messages()
                            .listWithContent(channel, 10, null)
                            .items())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message.content()).contains(Words.TEXT));
            socket.send("history.get", "history", "{\"channelId\":\"" + channel + "\",\"limit\":10}");
            assertThat(socket.answer("history").payload().toString()).contains(Words.TEXT);
            bob.client().messages().edit(channel, new MessageId(id), Words.text());
            socket.await(frame -> frame.is("message.edited", channel.value()));

            assertThat(tap.loot().items())
                    .as("the tap hears what is published")
                    .anyMatch(item -> item.place().toLowerCase(Locale.ROOT).contains("publish"));
            assertThat(tap.loot().placesOf(Words.all())).isEmpty();
        }

        Loot redis = Loot.ofRedis(storm.stores().redisUrl());
        assertThat(redis.items()).extracting(Loot.Item::place).anyMatch(place -> place.contains(channel.value()));
        assertThat(redis.placesOf(Words.all())).isEmpty();
        assertThat(redis.placesOf(List.of(ann.token()))).isEmpty();
        Loot mongo = Loot.ofMongo(storm.stores().mongoUri());
        assertThat(mongo.items()).anyMatch(item -> item.text().contains(id));
        assertThat(mongo.placesOf(List.of(Words.TEXT, Words.PASSWORD, ann.token())))
                .isEmpty();
    }

    @Test
    void eachServerIsGivenNoMoreThanItsPartNeeds() {
        for (ServerProcess server : storm.servers()) {
            List<String> secrets = server.environment().keySet().stream()
                    .filter(name -> name.matches("STORM_(MESSAGE_KEYS|MONGODB_URI|JWT_PRIVATE_KEY|ADMIN_PASSWORD)"))
                    .sorted()
                    .toList();
            List<String> needed = switch (server.part()) {
                case ALL_IN_ONE ->
                    List.of("STORM_ADMIN_PASSWORD", "STORM_JWT_PRIVATE_KEY", "STORM_MESSAGE_KEYS", "STORM_MONGODB_URI");
                case REST -> List.of("STORM_ADMIN_PASSWORD", "STORM_JWT_PRIVATE_KEY", "STORM_MONGODB_URI");
                case GATEWAY -> List.of();
                case WORKER -> List.of("STORM_MESSAGE_KEYS", "STORM_MONGODB_URI");
            };
            assertThat(secrets).as(server.name()).isEqualTo(needed);
        }
    }
}
