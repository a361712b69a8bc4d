package storm.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jnosql.communication.semistructured.DatabaseManager;
import org.eclipse.jnosql.databases.mongodb.communication.MongoDBDocumentConfiguration;
import org.eclipse.jnosql.mapping.Database;
import org.eclipse.jnosql.mapping.DatabaseType;
import storm.core.config.Settings;

/// The one client of MongoDB in a process, for stores and repositories alike.
///
/// Storm asks for nothing beyond the Stable API version 1, without declaring it: the embedded server does not
/// know the handshake that a declaration brings. Writes are acknowledged by a majority and journaled. Every
/// wait is finite: 5 s to connect, 1.5 s to find a server or a free connection. An operation ends within 1.5 s, retries
/// and all, or within 10 s on the injected database: a bulk write takes its time.
@Singleton
public class MongoConnection {
    /// The driver's heartbeat waits as long for its answer: one second took a busy server for a dead one, and dropped
    /// every connection to it.
    private static final int CONNECT_MS = 5000;

    private static final int FIND_MS = 1500;
    private static final int OPERATION_MS = 1500;
    private static final int BULK_MS = 10_000;
    private static final int POOL_SIZE = 48;

    private final MongoConfig config;

    @Inject
    public MongoConnection(Settings settings) {
        this(MongoConfig.from(settings));
    }

    public MongoConnection(MongoConfig config) {
        this.config = config;
    }

    /// Opens a client; the caller closes it.
    @Produces
    @Singleton
    public MongoClient client() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(FIND_MS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_MS, TimeUnit.MILLISECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(1, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(
                        pool -> pool.maxSize(POOL_SIZE).maxWaitTime(FIND_MS, TimeUnit.MILLISECONDS))
                .timeout(OPERATION_MS, TimeUnit.MILLISECONDS)
                // What the URI says counts more than the above.
                .applyConnectionString(config.uri())
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .applicationName("storm")
                .build());
    }

    @Produces
    @Singleton
    public MongoDatabase database(MongoClient client) {
        return client.getDatabase(config.database()).withTimeout(BULK_MS, TimeUnit.MILLISECONDS);
    }

    /// JNoSQL on the same client and the same database; by itself it would open a client of its own.
    @Produces
    @Alternative
    @Priority(Interceptor.Priority.APPLICATION)
    @Default
    @Database(DatabaseType.DOCUMENT)
    @ApplicationScoped
    DatabaseManager documents(MongoClient client) {
        return new MongoDBDocumentConfiguration().get(client).apply(config.database());
    }

    void close(@Disposes MongoClient client) {
        client.close();
    }
}
