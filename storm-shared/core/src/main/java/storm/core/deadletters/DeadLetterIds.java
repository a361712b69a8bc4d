package storm.core.deadletters;

import java.util.UUID;
import storm.protocol.ids.DeadLetterId;

/// Ids of dead letters: random UUIDs of version 8 (RFC 9562) whose last 16 bits are the partition.
final class DeadLetterIds {
    private static final long PARTITION = 0xffffL;
    private static final long VERSION = 0xf000L;

    private DeadLetterIds() {}

    static DeadLetterId random(int partition) {
        UUID random = UUID.randomUUID();
        return new DeadLetterId(new UUID(
                        (random.getMostSignificantBits() & ~VERSION) | 0x8000L,
                        (random.getLeastSignificantBits() & ~PARTITION) | partition)
                .toString());
    }

    static int partition(DeadLetterId id) {
        return (int) (UUID.fromString(id.value()).getLeastSignificantBits() & PARTITION);
    }
}
