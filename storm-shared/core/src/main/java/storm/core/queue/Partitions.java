package storm.core.queue;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import storm.protocol.ids.ChannelId;

/// Which partition a channel's jobs go through: CRC-32 of its id, modulo the number of partitions.
public record Partitions(int count) {
    public int of(ChannelId channel) {
        CRC32 crc = new CRC32();
        crc.update(channel.value().getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % count);
    }
}
