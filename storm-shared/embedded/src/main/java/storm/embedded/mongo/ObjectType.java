package storm.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/// Documents and their ids in the file: as BSON, behind a tag of which H2's own type, which writes Java's
/// serialization, has no use. What that one wrote into older files is still read, and other ids are left to it.
final class ObjectType extends BasicDataType<Object> {
    private static final byte DOCUMENT = 120;
    private static final byte OBJECT_ID = 121;
    private static final int OBJECT_ID_BYTES = 12;
    private static final int ENTRY_MEMORY = 80;

    private final ObjectDataType others = new ObjectDataType();

    @Override
    public int compare(Object a, Object b) {
        return a instanceof ObjectId one && b instanceof ObjectId other ? one.compareTo(other) : others.compare(a, b);
    }

    @Override
    public int getMemory(Object value) {
        return switch (value) {
            case Document document -> memory(document);
            case ObjectId _ -> ENTRY_MEMORY / 2;
            default -> others.getMemory(value);
        };
    }

    /// About so many bytes on the heap.
    private static int memory(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.values().stream()
                                .mapToInt(each -> each == null ? 0 : memory(each))
                                .sum()
                        + ENTRY_MEMORY * (1 + map.size());
            case Collection<?> list ->
                list.stream().mapToInt(each -> each == null ? 0 : memory(each)).sum() + ENTRY_MEMORY;
            case String text -> text.length();
            default -> ENTRY_MEMORY / 4;
        };
    }

    @Override
    public void write(WriteBuffer out, Object value) {
        switch (value) {
            case Document document -> out.put(DOCUMENT).put(Bson.encode(document));
            case ObjectId id -> out.put(OBJECT_ID).put(id.toByteArray());
            default -> others.write(out, value);
        }
    }

    @Override
    public Object read(ByteBuffer in) {
        return switch (in.get(in.position())) {
            case DOCUMENT -> {
                in.get();
                yield Bson.decode(in);
            }
            case OBJECT_ID -> {
                in.get();
                byte[] id = new byte[OBJECT_ID_BYTES];
                in.get(id);
                yield new ObjectId(id);
            }
            default -> others.read(in);
        };
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}
