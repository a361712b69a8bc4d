package storm.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import storm.core.config.Settings;

/// Gives CDI the one client of the database.
///
/// Every wait is finite: an operation takes 1.5 s at most with all its retries, so that a request which needs a
/// database out of reach is answered within 2 s. What may rightly take longer asks for more with `withTimeout`.
@Singleton
public class MongoProducer {
    private static final long OPERATION_MS = 1500;
    private static final int CONNECT_MS = 1000;

    @Produces
    @Singleton
    MongoConfig config(Settings settings) {
        return MongoConfig.from(settings);
    }

    @Produces
    @Singleton
    public MongoClient client(MongoConfig config) {
        return MongoClients.create(MongoClientSettings.builder()
                .applicationName("storm")
                .applyConnectionString(config.uri())
                .timeout(OPERATION_MS, TimeUnit.MILLISECONDS)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(OPERATION_MS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_MS, TimeUnit.MILLISECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(2, TimeUnit.SECONDS)
                        .minHeartbeatFrequency(200, TimeUnit.MILLISECONDS))
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .build());
    }

    void close(@Disposes MongoClient client) {
        client.close();
    }

    @Produces
    @Singleton
    public MongoDatabase database(MongoClient client, MongoConfig config) {
        return client.getDatabase(config.database());
    }
}
