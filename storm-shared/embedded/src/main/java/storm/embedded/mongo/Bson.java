package storm.embedded.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Documents and index keys as BSON (bsonspec.org), which is what they came in.
final class Bson {
    private Bson() {}

    static byte[] encode(Document document) {
        ByteBuf out = Unpooled.buffer(512);
        BsonEncoder.encodeDocument(document, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /// Reads one document from here on.
    static Document decode(ByteBuffer in) {
        ByteBuf buffer = Unpooled.wrappedBuffer(in);
        Document document = BsonDecoder.decodeBson(buffer);
        in.position(in.position() + buffer.readerIndex());
        return document;
    }

    /// An index key: the values alone, each after its type.
    static byte[] encode(KeyValue key) {
        ByteBuf out = Unpooled.buffer(64);
        for (Object value : key) {
            byte type = BsonEncoder.determineType(value);
            out.writeByte(type);
            BsonEncoder.encodeValue(type, value, out);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    static KeyValue decodeKey(byte[] key) {
        ByteBuf in = Unpooled.wrappedBuffer(key);
        List<Object> values = new ArrayList<>();
        while (in.isReadable()) {
            values.add(BsonDecoder.decodeValue(in.readByte(), in));
        }
        return new KeyValue(values);
    }
}
