package storm.ws.channels;

import java.time.Clock;
import storm.core.channelevents.ChannelEvents;
import storm.core.queries.Queries;
import storm.core.signals.ChannelSignals;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Connections;
import storm.ws.metrics.GatewayMetrics;
import storm.ws.redis.Announcements;
import storm.ws.redis.Turns;

/// Makes [Channels] as CDI would.
public final class TestChannels {
    private TestChannels() {}

    public static Channels create(
            Connections connections,
            ConnectionLimits limits,
            Queries queries,
            ChannelEvents events,
            ChannelSignals signals,
            Announcements announcements,
            Turns turns,
            TypingSigns typing,
            GatewayMetrics metrics,
            Clock clock) {
        return new Channels(
                connections,
                limits,
                new WorkerMembershipSource(queries, turns),
                new RedisEventLog(events, signals, announcements, turns, clock),
                typing,
                metrics,
                clock);
    }
}
