package storm.bench.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.types.ObjectId;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.store.messages.EncryptedText;
import storm.store.messages.MessageStore;
import storm.store.messages.NewMessage;

/// Writes messages to the database as a worker does, and does nothing else.
final class BareStore {
    private static final int WRITERS = 4;
    private static final int BULK = 200;
    private static final int WARM_UP_SECONDS = 2;
    private static final int SECONDS = 5;

    private final MessageStore messages;
    private final List<ChannelId> channels;
    private final EncryptedText text;
    private final UserId sender = new UserId(new ObjectId().toHexString());

    BareStore(MessageStore messages, List<ChannelId> channels, int textLength) {
        this.messages = messages;
        this.channels = channels;
        // As long as such a text is in base64, with its IV and tag.
        this.text = new EncryptedText("k1", "i".repeat(16), "c".repeat((textLength + 2) / 3 * 4), "t".repeat(24));
    }

    /// Rows inserted and marked as delivered, by so many writers at once as the worker has batches.
    double rowsPerSecond() throws InterruptedException {
        AtomicLong seq = new AtomicLong();
        long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
        long end = begin + TimeUnit.SECONDS.toNanos(SECONDS);
        AtomicLong measured = new AtomicLong();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofPlatform().name("writer-" + i).start(() -> {
                while (System.nanoTime() < end) {
                    List<NewMessage> rows = rows(seq);
                    messages.insert(rows);
                    messages.delivered(rows.stream().map(NewMessage::messageId).toList());
                    long now = System.nanoTime();
                    if (now >= begin && now < end) {
                        measured.addAndGet(BULK);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        return (double) measured.get() / SECONDS;
    }

    private List<NewMessage> rows(AtomicLong seq) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<NewMessage> rows = new ArrayList<>(BULK);
        for (int i = 0; i < BULK; i++) {
            long next = seq.incrementAndGet();
            rows.add(new NewMessage(
                    new MessageId(UUID.randomUUID().toString()),
                    channels.get((int) (next % channels.size())),
                    sender,
                    next,
                    text,
                    now,
                    now));
        }
        return rows;
    }
}
