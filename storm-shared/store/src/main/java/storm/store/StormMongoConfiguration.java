package storm.store;

import com.mongodb.client.MongoClient;
import jakarta.enterprise.inject.spi.CDI;
import org.eclipse.jnosql.communication.Settings;
import org.eclipse.jnosql.databases.mongodb.communication.MongoDBDocumentConfiguration;
import org.eclipse.jnosql.databases.mongodb.communication.MongoDBDocumentManagerFactory;

/// Gives the Jakarta Data repositories the process's one MongoDB client, where JNoSQL would open another.
///
/// Named by `jnosql.document.provider` in this jar's microprofile-config.properties.
public class StormMongoConfiguration extends MongoDBDocumentConfiguration {
    @Override
    public MongoDBDocumentManagerFactory apply(Settings settings) {
        return get(CDI.current().select(MongoClient.class).get());
    }
}
