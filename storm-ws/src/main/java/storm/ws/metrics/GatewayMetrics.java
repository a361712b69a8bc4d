package storm.ws.metrics;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import storm.protocol.errors.CloseCode;

/// The gateway's counters, cheap enough for every delivery. [MetricsExport] shows them.
@Singleton
public class GatewayMetrics {
    /// Connections that became ready.
    public final LongAdder opened = new LongAdder();
    /// `message.send` frames that got an ack.
    public final LongAdder sends = new LongAdder();
    /// Channel events put into an outbox.
    public final LongAdder deliveries = new LongAdder();
    /// Skipped seqs and lost subscriptions that made a feed read the log.
    public final LongAdder gaps = new LongAdder();
    /// Events that a feed got from the log.
    public final LongAdder filled = new LongAdder();
    /// Gaps that the log could not fill.
    public final LongAdder gapsUnfilled = new LongAdder();
    /// Feeds that dropped their queue and read the log instead.
    public final LongAdder feedOverflows = new LongAdder();
    /// Reads of the log that failed and were tried again.
    public final LongAdder logUnreachable = new LongAdder();
    public final LongAdder resumesComplete = new LongAdder();
    public final LongAdder resumesIncomplete = new LongAdder();
    public final LongAdder rateLimited = new LongAdder();
    /// Invalid or forbidden events.
    public final LongAdder faults = new LongAdder();
    /// Failures of our own that ended a connection or lost an answer.
    public final LongAdder errors = new LongAdder();

    /// From the publishing of a channel's event to its writing to a socket.
    public final Durations deliveryTimes = new Durations();

    private final Map<CloseCode, LongAdder> closed = new EnumMap<>(CloseCode.class);

    public GatewayMetrics() {
        for (CloseCode code : CloseCode.values()) {
            closed.put(code, new LongAdder());
        }
    }

    /// Ended connections by what they ended with.
    public LongAdder closed(CloseCode code) {
        LongAdder adder = closed.get(code);
        return adder == null ? new LongAdder() : adder;
    }
}
