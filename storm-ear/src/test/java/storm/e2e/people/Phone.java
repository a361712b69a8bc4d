package storm.e2e.people;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import storm.client.StormClient;
import storm.client.live.ConnectionListener;
import storm.client.live.LiveSettings;
import storm.client.live.StormConnection;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;

/// A live connection of a person and everything that it ever brought, over all reconnects.
public final class Phone implements ConnectionListener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ServerEvent> heard = new CopyOnWriteArrayList<>();
    private final List<ChannelId> missed = new CopyOnWriteArrayList<>();
    private final List<StormException> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private final StormConnection connection;

    @SuppressWarnings("NullAway") // The connection calls back only what is set before it.
    private Phone(StormClient client, LiveSettings settings) {
        this.connection = client.connect(this, settings);
    }

    static Phone connect(StormClient client, LiveSettings settings) {
        Phone phone = new Phone(client, settings);
        phone.awaitConnects(1);
        return phone;
    }

    @Override
    public void ready(ServerEvent.ConnectionReady ready) {
        connects.incrementAndGet();
    }

    @Override
    public void event(ServerEvent event) {
        heard.add(event);
    }

    @Override
    public void missed(ChannelId channel, long afterSeq, long upToSeq) {
        missed.add(channel);
    }

    @Override
    public void interrupted(String reason, Duration retryIn) {
        losses.incrementAndGet();
    }

    @Override
    public void stopped(StormException reason) {
        ends.add(reason);
    }

    /// Sends and waits for the ack.
    public ServerEvent.MessageAck send(ChannelId channel, String text) {
        return connection
                .send(channel, text)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    public StormConnection connection() {
        return connection;
    }

    /// Everything heard so far, in order.
    public List<ServerEvent> heard() {
        return List.copyOf(heard);
    }

    /// What was heard of one kind so far, in order.
    public <T extends ServerEvent> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The messages of a channel so far, in order.
    public List<ServerEvent.MessageNew> messages(ChannelId channel) {
        return heard(ServerEvent.MessageNew.class).stream()
                .filter(message -> message.channelId().equals(channel))
                .toList();
    }

    /// Waits until that many messages of a channel have come and returns them all.
    public List<ServerEvent.MessageNew> awaitMessages(ChannelId channel, int count) {
        Awaitility.await(count + " messages of " + channel)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> messages(channel).size() >= count);
        return messages(channel);
    }

    /// The channels of which it was told that it missed something for good.
    public List<ChannelId> missed() {
        return List.copyOf(missed);
    }

    public int connects() {
        return connects.get();
    }

    /// Waits until the connection has stood that often.
    public void awaitConnects(int count) {
        Awaitility.await("connect number " + count)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> connects.get() >= count || !ends.isEmpty());
        if (!ends.isEmpty()) {
            throw ends.getFirst();
        }
    }

    /// Waits until the connection has been lost that often.
    public void awaitLosses(int count) {
        Awaitility.await("loss number " + count).atMost(PATIENCE).until(() -> losses.get() >= count);
    }

    @Override
    public void close() {
        connection.close();
    }
}
