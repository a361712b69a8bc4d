package storm.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
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
                assertThat(rows.find(new Document("seen", true)).into(new java.util.ArrayList<>()))
                        .extracting(row -> row.getString("name"))
                        .isEqualTo(List.of("n7"));
                assertThatThrownBy(() -> rows.insertOne(new Document("name", "n9")))
                        .isInstanceOf(MongoWriteException.class)
                        .hasMessageContaining("E11000");
                rows.insertOne(new Document("name", "n8"));
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
