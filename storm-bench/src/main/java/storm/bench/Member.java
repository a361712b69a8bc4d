package storm.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import storm.client.StormClient;
import storm.client.live.ConnectionListener;
import storm.client.live.LiveSettings;
import storm.client.live.StormConnection;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;

/// One user of a run: a connection that sends its share and hears everybody's.
final class Member implements ConnectionListener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChannelId channel;
    private final Measurements measurements;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Set<MessageId> heard = new HashSet<>();
    private long lastSeq;
    private final StormConnection connection;

    Member(StormClient client, ChannelId channel, Measurements measurements) {
        this.channel = channel;
        this.measurements = measurements;
        LiveSettings settings = LiveSettings.STANDARD
                .withEntry(LiveSettings.Entry.TOKEN)
                .withTimeouts(Duration.ofSeconds(10), PATIENCE);
        this.connection = client.connect(this, settings);
    }

    boolean awaitReady(Duration wait) throws InterruptedException {
        return ready.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Sends the messages, at most so many of them without an ack, until all are answered or the time is over.
    void send(int messages, int window, Instant until) throws InterruptedException {
        Semaphore free = new Semaphore(window);
        for (int i = 0; i < messages && Instant.now().isBefore(until); i++) {
            if (!free.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
            MessageId id = new MessageId(UUID.randomUUID().toString());
            long begun = measurements.sent(id);
            var _ = connection
                    .send(id, channel, "message " + i + " of a benchmark", Instant.now())
                    .whenComplete((_, failure) -> {
                        if (failure == null) {
                            measurements.acked(begun);
                        } else {
                            measurements.refused(id, failure);
                        }
                        free.release();
                    });
        }
        // All permits back: every send was answered.
        if (free.tryAcquire(window, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            free.release(window);
        }
    }

    @Override
    public void ready(ServerEvent.ConnectionReady now) {
        ready.countDown();
    }

    @Override
    public void event(ServerEvent event) {
        if (event instanceof ServerEvent.MessageNew message
                && message.channelId().equals(channel)) {
            measurements.delivered(message.messageId(), heard.add(message.messageId()), message.seq() > lastSeq);
            lastSeq = Math.max(lastSeq, message.seq());
        }
    }

    @Override
    public void stopped(StormException reason) {
        System.err.println("a connection ended: " + reason.detail());
        ready.countDown();
    }

    @Override
    public void close() {
        connection.close();
    }
}
