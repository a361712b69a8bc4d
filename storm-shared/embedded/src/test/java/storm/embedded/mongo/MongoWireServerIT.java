package storm.embedded.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.result.UpdateResult;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storm.embedded.EmbeddedStores;

class MongoWireServerIT {

    @TempDir
    Path folder;

    @Test
    void acknowledgedWritesSurviveKillOfTheirProcess() throws Exception {
        int port = EmbeddedStores.freePort();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "storm.embedded.EmbeddedStores",
                        "--only",
                        "mongo",
                        "--data",
                        folder.toString(),
                        "--mongo-port",
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("MONGO_PORT=" + port);
            try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + port)) {
                MongoCollection<Document> rows = rows(client);
                rows.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
                rows.insertMany(IntStream.range(0, 500)
                        .mapToObj(i -> new Document("name", "n" + i))
                        .toList());
                rows.updateOne(new Document("name", "n7"), new Document("$set", new Document("seen", true)));
                rows.deleteOne(new Document("name", "n8"));
                setsManyOnce(rows);
                process.destroyForcibly().waitFor();
            }
        } finally {
            process.destroyForcibly();
        }

        try (MongoWireServer again = MongoWireServer.onFile(folder.resolve("mongo"), 0)) {
            again.start();
            try (MongoClient client = MongoClients.create(again.uri())) {
                MongoCollection<Document> rows = rows(client);
                assertThat(rows.countDocuments()).isEqualTo(499);
                assertThat(rows.find(new Document("seen", true)).into(new ArrayList<>()))
                        .extracting(row -> row.getString("name"))
                        .isEqualTo(List.of("n7"));
                assertThat(rows.find(new Document("state", "out")).into(new ArrayList<>()))
                        .extracting(row -> row.getString("name"))
                        .containsExactlyInAnyOrder("n1", "n2");
                assertThatThrownBy(() -> rows.insertOne(new Document("name", "n9")))
                        .isInstanceOf(MongoWriteException.class)
                        .hasMessageContaining("E11000");
                rows.insertOne(new Document("name", "n8"));
            }
        }
    }

    private static void setsManyOnce(MongoCollection<Document> rows) {
        Bson some = in("name", "n1", "n2", "nobody");
        Bson out = combine(set("state", "out"), set("at", Date.from(Instant.EPOCH)));
        UpdateResult first = rows.updateMany(some, out);
        assertThat(first.getMatchedCount()).isEqualTo(2);
        assertThat(first.getModifiedCount()).isEqualTo(2);
        UpdateResult again = rows.updateMany(some, out);
        assertThat(again.getMatchedCount()).isEqualTo(2);
        assertThat(again.getModifiedCount()).isZero();
        assertThatThrownBy(() -> rows.updateMany(some, set("name", "n3")))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
    }

    @Test
    void fileThatTheLibrarysOwnBackendWroteIsTakenOver() throws Exception {
        Files.createDirectories(folder.resolve("mongo"));
        H2Backend backend =
                new H2Backend(folder.resolve("mongo").resolve("storm.mv.db").toString());
        MongoServer library = new MongoServer(backend.version(ServerVersion.MONGO_5_0));
        String uri = "mongodb://127.0.0.1:" + library.bind().getPort();
        try (MongoClient client = MongoClients.create(uri)) {
            MongoCollection<Document> rows = rows(client);
            rows.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
            rows.insertMany(IntStream.range(0, 300)
                    .mapToObj(i -> new Document("name", "n" + i).append("at", Instant.ofEpochMilli(i)))
                    .toList());
            rows.insertOne(new Document("_id", "a word").append("name", "word"));
        } finally {
            library.shutdownNow();
        }

        // Twice: it reads what the library wrote, then what it wrote itself.
        for (int time = 0; time < 2; time++) {
            try (MongoWireServer server = MongoWireServer.onFile(folder.resolve("mongo"), 0)) {
                server.start();
                try (MongoClient client = MongoClients.create(server.uri())) {
                    MongoCollection<Document> rows = rows(client);
                    assertThat(rows.countDocuments()).isEqualTo(301);
                    assertThat(rows.find(eq("name", "n7")).into(new ArrayList<>()))
                            .extracting(row -> row.getDate("at").toInstant())
                            .containsExactly(Instant.ofEpochMilli(7));
                    assertThat(rows.find(eq("_id", "a word")).into(new ArrayList<>()))
                            .extracting(row -> row.getString("name"))
                            .containsExactly("word");
                    assertThatThrownBy(() -> rows.insertOne(new Document("name", "n7")))
                            .isInstanceOf(MongoWriteException.class)
                            .hasMessageContaining("E11000");
                    rows.updateMany(new Document(), new Document("$inc", new Document("times", 1)));
                    assertThat(rows.countDocuments(eq("times", time + 1))).isEqualTo(301);
                }
            }
        }
    }

    @Test
    void uniqueKeyBesideOtherConditionsFindsExactlyWhatMatchesAll() {
        try (MongoWireServer server = MongoWireServer.onFile(folder.resolve("mongo"), 0)) {
            server.start();
            try (MongoClient client = MongoClients.create(server.uri())) {
                MongoCollection<Document> rows = rows(client);
                rows.createIndex(Indexes.ascending("room", "seq"), new IndexOptions().unique(true));
                for (int i = 0; i < 40; i++) {
                    rows.insertOne(new Document("_id", i)
                            .append("room", i % 2)
                            .append("seq", (long) i)
                            .append("color", i % 4 == 0 ? "red" : "blue"));
                }
                assertThat(rows.countDocuments(and(eq("_id", 4), eq("color", "red"))))
                        .isEqualTo(1);
                assertThat(rows.countDocuments(and(eq("_id", 4), eq("color", "blue"))))
                        .isZero();
                assertThat(rows.countDocuments(and(in("_id", 1, 4, 8, 99), eq("color", "red"))))
                        .isEqualTo(2);
                assertThat(rows.countDocuments(and(eq("_id", 4), eq("_id", 8)))).isZero();
                assertThat(rows.countDocuments(and(eq("room", 0), eq("seq", 8), ne("color", "blue"))))
                        .isEqualTo(1);
                assertThat(rows.countDocuments(and(eq("room", 0), gt("seq", 30))))
                        .isEqualTo(4);
                assertThat(rows.countDocuments(or(eq("_id", 4), eq("_id", 8)))).isEqualTo(2);
                assertThat(rows.updateOne(and(eq("_id", 4), eq("color", "blue")), set("color", "green"))
                                .getMatchedCount())
                        .isZero();
                assertThat(rows.deleteMany(and(in("_id", 1, 2, 4), eq("color", "blue")))
                                .getDeletedCount())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void dataInMemorySurvivesAStopAtTheSamePort() {
        try (MongoWireServer server = MongoWireServer.inMemory(0)) {
            server.start();
            String uri = server.uri();
            try (MongoClient client = MongoClients.create(uri)) {
                rows(client).insertOne(new Document("name", "kept"));

                server.stop();
                server.start();

                assertThat(server.uri()).isEqualTo(uri);
                assertThat(rows(client).countDocuments()).isEqualTo(1);
            }
        }
    }

    @Test
    void aStoppedServerRefusesAndAPausedOneKeepsWaiting() {
        try (MongoWireServer server = MongoWireServer.inMemory(0)) {
            server.start();
            String impatient = server.uri() + "/?serverSelectionTimeoutMS=300&socketTimeoutMS=300&connectTimeoutMS=300";
            server.pause();
            assertThatThrownBy(() -> count(impatient)).isInstanceOf(MongoException.class);
            server.resume();
            assertThat(count(impatient)).isZero();
            server.stop();
            assertThatThrownBy(() -> count(impatient)).isInstanceOf(MongoException.class);
        }
    }

    private static long count(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            return rows(client).countDocuments();
        }
    }

    private static MongoCollection<Document> rows(MongoClient client) {
        return client.getDatabase("storm").getCollection("rows");
    }
}
