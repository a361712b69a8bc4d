package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import storm.core.deadletters.BuriedJob;
import storm.core.redis.Keys;
import storm.e2e.people.Person;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.channels.Channel;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.json.Json;
import storm.protocol.users.User;

/// Every list with a hundred thousand rows in it.
@RunsOn(Topology.SPLIT)
class CrowdIT extends ConsoleFlow {
    private static final int CROWD = 100_000;
    private static final int AT_ONCE = 20_000;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final List<String> COLLECTIONS = List.of("users", "channels", "messages", "audit_log");

    CrowdIT(Storm storm) {
        super(storm);
    }

    @Test
    void aHundredThousandRowsOfEveryKindAreReadAPageAtATime() {
        Person owner = people.join("owner");
        ChannelId channel = owner.channelWith();
        String uri = String.valueOf(storm.rest().environment().get("STORM_MONGODB_URI"));
        try (MongoClient mongo = MongoClients.create(uri);
                RedisClient redis = RedisClient.create(storm.stores().redisUrl())) {
            MongoDatabase database = mongo.getDatabase(databaseOf(uri));
            try {
                fill(database, "users", CrowdIT::user);
                fill(database, "channels", number -> channel(number, owner));
                fill(database, "messages", number -> message(number, channel, owner));
                fill(database, "audit_log", number -> entry(number, owner));
                bury(redis, channel, owner);
                lookAround(owner.client().channels().get(channel));
            } finally {
                COLLECTIONS.forEach(name -> database.getCollection(name)
                        .deleteMany(Filters.lt("createdAt", Date.from(LONG_AGO.plusSeconds(CROWD)))));
                redis.del(Keys.dead(0), Keys.deadIndex(0));
            }
        }
    }

    private void lookAround(Channel channel) {
        signInAsAdmin();
        go("people");
        isPaged("people");
        picture("people-crowd");
        fillIn("#people-search", "crowd_077777");
        until(() -> rows("#people-table") == 1);
        assertThat(has("#people-table", User.class, it -> it.username().equals("crowd_077777")))
                .isTrue();

        go("channels");
        isPaged("channels");
        sortBy("#channels-table", "channels-members", SortType.DESCENDING);
        assertThat(text("#channels-count")).contains("sorted among themselves");
        picture("channels-crowd");
        fillIn("#channels-search", channel.name());
        until(() -> rows("#channels-table") == 1);
        select("#channels-table", Channel.class, it -> it.id().equals(channel.id()));
        robot.clickOn("Messages");
        isPaged("messages");

        go("deadletters");
        until(() -> text("#nav-badge").equals("999+"));
        isPaged("deadletters");
        go("audit");
        isPaged("audit");
    }

    /// Scrolling to the end brings the next page, the button too.
    private void isPaged(String list) {
        String table = "#" + list + "-table";
        until(() -> rows(table) == 100);
        assertThat(text("#" + list + "-count")).contains("more on the server");
        robot.interact(() -> robot.lookup(table).queryAs(TableView.class).scrollTo(99));
        until(() -> rows(table) == 200);
        click("#" + list + "-more");
        until(() -> rows(table) == 300);
    }

    private static String databaseOf(String uri) {
        return uri.replaceFirst("^.*/", "").replaceFirst("\\?.*", "");
    }

    private static void fill(MongoDatabase database, String collection, IntFunction<Document> row) {
        for (int from = 0; from < CROWD; from += AT_ONCE) {
            database.getCollection(collection)
                    .insertMany(
                            IntStream.range(from, from + AT_ONCE).mapToObj(row).toList(),
                            new InsertManyOptions().ordered(false));
        }
    }

    private static Document at(int number) {
        Date then = Date.from(LONG_AGO.plusSeconds(number));
        return new Document("_id", new ObjectId()).append("createdAt", then).append("updatedAt", then);
    }

    private static Document user(int number) {
        String name = "crowd_%06d".formatted(number);
        return at(number)
                .append("username", name)
                .append("usernameKey", name)
                .append("email", name + "@crowd.example")
                .append("passwordHash", "nobody signs in with this")
                .append("standingVersion", 1L)
                .append("role", "member")
                .append("isActive", true)
                .append("credentialVersion", 1L);
    }

    private static Document channel(int number, Person owner) {
        String name = "crowd_%06d".formatted(number);
        return at(number)
                .append("name", name)
                .append("nameKey", name)
                .append("description", "")
                .append("createdBy", new ObjectId(owner.id().value()))
                .append("members", List.of(new ObjectId(owner.id().value())))
                .append("isArchived", false)
                .append("lastSeq", 0L)
                .append("deletedAt", null)
                .append("version", 1L);
    }

    private static Document message(int number, ChannelId channel, Person sender) {
        return at(number)
                .append("messageId", new UUID(0x4000L, 0x8000_0000_0000_0000L + number).toString())
                .append("channelId", new ObjectId(channel.value()))
                .append("senderId", new ObjectId(sender.id().value()))
                .append("seq", number + 1L)
                .append("deliveryStatus", "delivered")
                .append("clientTs", Date.from(LONG_AGO))
                .append("deletedAt", null);
    }

    private static Document entry(int number, Person actor) {
        return at(number)
                .append("actorId", new ObjectId(actor.id().value()))
                .append("action", "user.update")
                .append("target", "user:" + actor.id())
                .append("details", new Document("email", "changed"))
                .append("requestId", "crowd-" + number);
    }

    /// Dead letters as the worker buries them, in the first partition.
    private static void bury(RedisClient redis, ChannelId channel, Person sender) {
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int number = 0; number < CROWD; number++) {
                Instant failed = LONG_AGO.plusSeconds(number);
                DeadLetterId id =
                        new DeadLetterId(new UUID(0x8000L, 0x8000_0000_0000_0000L + ((long) number << 16)).toString());
                DeadLetter letter =
                        new DeadLetter(id, "send", null, channel, sender.id(), "not_a_member", 1, failed, null);
                pipeline.hset(Keys.dead(0), id.value(), Json.write(new BuriedJob(letter, "job-" + number, "")));
                pipeline.zadd(Keys.deadIndex(0), failed.toEpochMilli(), id.value());
            }
            pipeline.sync();
        }
    }
}
