package storm.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A unique index in the file: from a key's bytes to the id of its document.
///
/// Most documents have plain values in the fields of an index. For these the library's way, which can look into
/// documents and lists, is cut short: it would be half of what a write costs.
final class FileIndex extends AbstractUniqueIndex<Object> {
    private static final String ID = "_id";

    private final MVMap<byte[], Object> ids;

    FileIndex(MVMap<byte[], Object> ids, String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        this.ids = ids;
    }

    /// In this backend a document's position is its id.
    @Override
    public Object getPosition(Document document) {
        return Missing.ofNullable(document.get(ID));
    }

    @Override
    public synchronized void checkAdd(Document document, MongoCollection<Object> collection) {
        KeyValue key = plainKey(document);
        if (key == null) {
            super.checkAdd(document, collection);
        } else if (containsKey(key.normalized())) {
            throw new DuplicateKeyError(this, collection, getKeys(), key);
        }
    }

    @Override
    public synchronized void add(Document document, Object id, MongoCollection<Object> collection) {
        KeyValue key = plainKey(document);
        if (key == null) {
            super.add(document, id, collection);
        } else if (!putKeyPosition(key.normalized(), id)) {
            throw new DuplicateKeyError(this, collection, getKeys(), key);
        }
    }

    @Override
    protected boolean nullAwareEqualsKeys(Document before, Document after) {
        KeyValue key = plainKey(before);
        return (key != null && key.equals(plainKey(after))) || super.nullAwareEqualsKeys(before, after);
    }

    /// The values of the index's fields; absent if it takes more than reading them.
    private @Nullable KeyValue plainKey(Document document) {
        if (isSparse()) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (IndexKey key : getKeys()) {
            Object value = document.get(key.getKey());
            if (value instanceof Collection<?>
                    || value instanceof Map<?, ?>
                    || key.getKey().indexOf('.') >= 0) {
                return null;
            }
            values.add(value);
        }
        return new KeyValue(values);
    }

    @Override
    protected @Nullable Object getPosition(KeyValue key) {
        return ids.get(Bson.encode(key));
    }

    @Override
    protected boolean putKeyPosition(KeyValue key, Object id) {
        return ids.putIfAbsent(Bson.encode(key), Missing.ofNullable(id)) == null;
    }

    @Override
    protected @Nullable Object removeDocument(KeyValue key) {
        return ids.remove(Bson.encode(key));
    }

    @Override
    protected Iterable<Entry<KeyValue, Object>> getIterable() {
        return ids.entrySet().stream()
                .map(entry -> Map.entry(Bson.decodeKey(entry.getKey()), entry.getValue()))
                .toList();
    }

    @Override
    public long getCount() {
        return ids.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
