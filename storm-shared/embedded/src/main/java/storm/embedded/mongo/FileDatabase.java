package storm.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/// A database in the file that keeps documents and index keys as BSON.
///
/// The library's own keeps them in Java's serialization and compares index keys by serializing both, at each step down
/// the tree: ten times as slow.
final class FileDatabase extends H2Database {
    private static final String DOCUMENTS = "databases.";
    private static final String META = "meta.";
    private static final String KEYS = "._keys_";
    /// Where the library's own index would be, as in files that it wrote.
    private static final String SERIALIZED_KEYS = "._index_";

    private final MVStore store;

    FileDatabase(String name, MVStore store, CursorRegistry cursors) {
        this.store = store; // First: the constructor of the class above opens collections and indexes.
        super(name, store, cursors);
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        String space = getFullCollectionNamespace(name);
        @SuppressWarnings({"unchecked", "rawtypes"})
        MVMap<Object, Document> documents = store.openMap(DOCUMENTS + space, (MVMap.Builder)
                new MVMap.Builder<Object, Object>().keyType(new ObjectType()).valueType(new ObjectType()));
        MVMap<String, Object> meta = store.openMap(META + space);
        return new FileCollection(this, name, options, documents, meta, cursorRegistry);
    }

    /// Opens an index; one that is not in the file, or only in the library's form, is filled when it is added.
    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        String space = getFullCollectionNamespace(collection);
        store.removeMap(space + SERIALIZED_KEYS + index);
        MVMap<byte[], Object> ids = store.openMap(
                space + KEYS + index,
                new MVMap.Builder<byte[], Object>().keyType(new KeyType()).valueType(new ObjectType()));
        return new FileIndex(ids, index, keys, sparse);
    }

    @Override
    protected void dropIndex(MongoCollection<Object> collection, String index) {
        super.dropIndex(collection, index);
        store.removeMap(getFullCollectionNamespace(collection.getCollectionName()) + KEYS + index);
    }
}
