package storm.bench.worker.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.types.ObjectId;
import storm.bench.worker.Stage;
import storm.core.queue.EnqueueResult;
import storm.core.queue.Job;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// Sends to every channel by a thread of its own, as clients do: what gets no ack is sent again until it has one.
final class Senders {
    /// Less than a channel's stream keeps for sure, so that a whole round can be read back.
    private static final int MOST_PER_CHANNEL = 800;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EDIT_EVERY = 10;
    private static final int STRANGER_EVERY = 50;

    private final Stage stage;
    private final Ledger ledger;
    private final Clock clock;
    private final Duration pause;
    private final UserId stranger = new UserId(new ObjectId().toHexString());
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong unacked = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean more;

    Senders(Stage stage, Ledger ledger, Clock clock, int rate) {
        this.stage = stage;
        this.ledger = ledger;
        this.clock = clock;
        this.pause = Duration.ofNanos(TimeUnit.SECONDS.toNanos(stage.channels.size()) / rate);
    }

    void start() {
        more = true;
        for (ChannelId channel : stage.channels) {
            threads.add(Thread.ofVirtual().name("sender").start(() -> send(channel)));
        }
    }

    /// Returns when what each has begun is acked.
    void stop() throws InterruptedException {
        more = false;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
    }

    /// How many jobs were acked so far, in all rounds.
    long acked() {
        return acked.get();
    }

    /// How many got no ack within the patience that a client has.
    long unacked() {
        return unacked.get();
    }

    private void send(ChannelId channel) {
        try {
            for (int i = 1; i <= MOST_PER_CHANNEL && more; i++) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                MessageId id = new MessageId(UUID.randomUUID().toString());
                boolean strange = i % STRANGER_EVERY == 0;
                UserId sender = strange ? stranger : stage.sender;
                if (!isAcked(new Job.SendMessage(id, channel, sender, "text " + i, now, now, "chaos"))) {
                    return;
                }
                if (strange) {
                    ledger.refused(channel, id);
                } else {
                    ledger.sent(channel, id);
                    if (i % EDIT_EVERY == 0) {
                        if (!isAcked(new Job.EditMessage(
                                Job.newId(), id, channel, sender, "text " + i + ", edited", now, "chaos"))) {
                            return;
                        }
                        ledger.edited(channel, id);
                    }
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAcked(Job job) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                EnqueueResult result = stage.queue.enqueue(job);
                if (!(result instanceof EnqueueResult.Full)) {
                    acked.incrementAndGet();
                    return true;
                }
            } catch (StormException e) {
                // Redis is away: a client sends the same again.
            }
            Thread.sleep(50);
        }
        unacked.incrementAndGet();
        return false;
    }
}
