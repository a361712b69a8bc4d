package storm.ws.channels;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import storm.protocol.ids.ChannelId;
import storm.ws.connections.Connection;
import storm.ws.metrics.GatewayMetrics;

/// The feeds of all channels that have members connected here, and only of those. Thread-safe.
final class ChannelFeeds {
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final EventLog log;
    private final TypingSigns typing;
    private final GatewayMetrics metrics;
    private final Map<ChannelId, ChannelFeed> feeds = new ConcurrentHashMap<>();

    ChannelFeeds(EventLog log, TypingSigns typing, GatewayMetrics metrics) {
        this.log = log;
        this.typing = typing;
        this.metrics = metrics;
    }

    ChannelFeed join(ChannelId channelId, Connection connection) {
        return feeds.compute(channelId, (id, known) -> {
            ChannelFeed feed = known == null ? new ChannelFeed(id, log, typing, metrics) : known;
            feed.join(connection);
            return feed;
        });
    }

    void leave(ChannelId channelId, Connection connection) {
        feeds.computeIfPresent(channelId, (_, feed) -> {
            feed.leave(connection);
            return feed;
        });
    }

    Optional<ChannelFeed> of(ChannelId channelId) {
        return Optional.ofNullable(feeds.get(channelId));
    }

    /// Ends the feeds that nobody has listened to for a while.
    void sweep() {
        for (ChannelId channelId : feeds.keySet()) {
            feeds.computeIfPresent(channelId, (id, feed) -> {
                if (feed.emptyNanos() < LINGER.toNanos()) {
                    return feed;
                }
                log.unfollow(id);
                feed.stop();
                return null;
            });
        }
    }

    /// Events may have been missed: every feed reads what the log has.
    void refill() {
        metrics.gaps.increment();
        feeds.values().forEach(ChannelFeed::refill);
    }

    void logLost() {
        feeds.values().forEach(ChannelFeed::logLost);
    }

    int waiting() {
        return feeds.values().stream().mapToInt(ChannelFeed::waiting).sum();
    }

    int size() {
        return feeds.size();
    }

    void stop() {
        feeds.values().forEach(ChannelFeed::stop);
    }
}
