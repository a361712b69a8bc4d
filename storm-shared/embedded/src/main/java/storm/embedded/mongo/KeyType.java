package storm.embedded.mongo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/// Index keys in the file: bytes in the order of bytes.
final class KeyType extends BasicDataType<byte[]> {
    private static final int ARRAY_HEAD = 16;

    @Override
    public int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    @Override
    public int getMemory(byte[] key) {
        return ARRAY_HEAD + key.length;
    }

    @Override
    public void write(WriteBuffer out, byte[] key) {
        out.putVarInt(key.length).put(key);
    }

    @Override
    public byte[] read(ByteBuffer in) {
        byte[] key = new byte[DataUtils.readVarInt(in)];
        in.get(key);
        return key;
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }
}
