package storm.worker;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import storm.core.config.ShutdownConfig;
import storm.core.membership.MembershipBroadcast;
import storm.core.redis.Keys;
import storm.core.redis.RedisConnections;
import storm.core.redis.RedisSubscriber;
import storm.worker.channels.ChannelDirectory;
import storm.worker.partitions.PartitionKeeper;
import storm.worker.queries.QueryServer;
import storm.worker.tasks.TaskRunner;

/// A worker as a whole: starts its parts in order and ends them in the reverse one.
@Singleton
public class Worker {
    private final RedisConnections connections;
    private final PartitionKeeper partitions;
    private final QueryServer queries;
    private final ChannelDirectory channels;
    private final TaskRunner tasks;
    private final StoreReadiness store;
    private final ShutdownConfig shutdown;
    private @Nullable RedisSubscriber subscriber;

    @Inject
    public Worker(
            RedisConnections connections,
            PartitionKeeper partitions,
            QueryServer queries,
            ChannelDirectory channels,
            TaskRunner tasks,
            StoreReadiness store,
            ShutdownConfig shutdown) {
        this.connections = connections;
        this.partitions = partitions;
        this.queries = queries;
        this.channels = channels;
        this.tasks = tasks;
        this.store = store;
        this.shutdown = shutdown;
    }

    public synchronized void start() {
        if (subscriber != null) {
            return;
        }
        RedisSubscriber started = new RedisSubscriber(connections, "worker", this::reconnected);
        started.subscribe(Keys.WAKE, partitions::woken);
        started.subscribe(
                Keys.MEMBERSHIP,
                message -> channels.forget(MembershipBroadcast.parse(message).channelId()));
        subscriber = started.start();
        store.start(() -> {
            queries.start();
            partitions.start();
            tasks.start();
        });
    }

    public synchronized void stop() {
        RedisSubscriber running = subscriber;
        if (running == null) {
            return;
        }
        subscriber = null;
        store.stop();
        Duration patience = shutdown.timeout();
        tasks.stop(patience.dividedBy(10));
        queries.stop(patience.dividedBy(4));
        partitions.stop(patience.dividedBy(2));
        running.close();
    }

    private void reconnected() {
        channels.forgetAll();
        partitions.wakeAll();
    }
}
