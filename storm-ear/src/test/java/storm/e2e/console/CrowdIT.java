package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.users.User;

@RunsOn(Topology.SPLIT)
class CrowdIT extends ConsoleFlow {
    private static final int CROWD = 100_000;
    private static final int AT_ONCE = 10_000;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    CrowdIT(Storm storm) {
        super(storm);
    }

    @Test
    void aHundredThousandPeopleAreReadAPageAtATimeAndOneOfThemIsFound() {
        String uri = String.valueOf(storm.rest().environment().get("STORM_MONGODB_URI"));
        try (MongoClient mongo = MongoClients.create(uri)) {
            MongoCollection<Document> users = mongo.getDatabase(databaseOf(uri)).getCollection("users");
            for (int from = 0; from < CROWD; from += AT_ONCE) {
                users.insertMany(rows(from), new InsertManyOptions().ordered(false));
            }
            try {
                lookAround();
            } finally {
                users.deleteMany(Filters.lt("createdAt", Date.from(LONG_AGO.plusSeconds(CROWD))));
            }
        }
    }

    private void lookAround() {
        signInAsAdmin();
        go("people");
        until(() -> rows("#people-table") == 100);
        assertThat(text("#people-count")).contains("more on the server");

        // Scrolling to the end brings the next page, the button too.
        robot.interact(
                () -> robot.lookup("#people-table").queryAs(TableView.class).scrollTo(99));
        until(() -> rows("#people-table") == 200);
        click("#people-more");
        until(() -> rows("#people-table") == 300);
        picture("people-crowd");

        fillIn("#people-search", "crowd_077777");
        until(() -> rows("#people-table") == 1);
        assertThat(has("#people-table", User.class, it -> it.username().equals("crowd_077777")))
                .isTrue();
    }

    private static String databaseOf(String uri) {
        return uri.replaceFirst("^.*/", "").replaceFirst("\\?.*", "");
    }

    private static List<Document> rows(int from) {
        return IntStream.range(from, from + AT_ONCE)
                .mapToObj(number -> {
                    String name = "crowd_%06d".formatted(number);
                    Date joined = Date.from(LONG_AGO.plusSeconds(number));
                    return new Document("_id", new ObjectId())
                            .append("username", name)
                            .append("usernameKey", name)
                            .append("email", name + "@crowd.example")
                            .append("passwordHash", "nobody signs in with this")
                            .append("standingVersion", 1L)
                            .append("role", "member")
                            .append("isActive", true)
                            .append("credentialVersion", 1L)
                            .append("createdAt", joined)
                            .append("updatedAt", joined);
                })
                .toList();
    }
}
