package storm.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection in the file whose unique indexes serve every filter that fixes their keys, whatever else it asks for.
///
/// The library's own takes an index only for a filter on exactly its keys, and reads the whole collection for a
/// messageId beside a condition.
final class FileCollection extends H2Collection {

    FileCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        Document conditions = new Document();
        collect(query, conditions);
        for (Index<Object> index : getIndexes()) {
            Document keys = new Document();
            for (IndexKey key : index.getKeys()) {
                if (conditions.containsKey(key.getKey())) {
                    keys.put(key.getKey(), conditions.get(key.getKey()));
                }
            }
            if (index.canHandle(keys)) {
                return matchDocuments(query, index.getPositions(keys), orderBy, skip, limit, batchSize, fields);
            }
        }
        return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
    }

    /// The conditions that all must hold, of each field the first.
    private static void collect(Document query, Document conditions) {
        query.forEach((field, condition) -> {
            if (field.equals("$and") && condition instanceof Collection<?> parts) {
                for (Object part : parts) {
                    if (part instanceof Document document) {
                        collect(document, conditions);
                    }
                }
            } else if (!conditions.containsKey(field)) {
                conditions.put(field, condition);
            }
        });
    }

    /// Nobody asks for it, and it would cost every write another encoding.
    @Override
    protected boolean tracksDataSize() {
        return false;
    }
}
