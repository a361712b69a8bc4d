package storm.ws.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import storm.protocol.errors.CloseCode;
import storm.ws.channels.Channels;
import storm.ws.connections.Connection;
import storm.ws.connections.Connections;
import storm.ws.metrics.Durations;
import storm.ws.metrics.GatewayMetrics;

/// Shows the gateway's counters under `/metrics`, read when somebody looks: counting costs the deliveries nothing.
@Singleton
public class MetricsExport {
    private final MetricRegistry registry;
    private final GatewayMetrics metrics;
    private final Connections connections;
    private final Channels channels;
    private final Gateway gateway;

    @Inject
    public MetricsExport(
            MetricRegistry registry,
            GatewayMetrics metrics,
            Connections connections,
            Channels channels,
            Gateway gateway) {
        this.registry = registry;
        this.metrics = metrics;
        this.connections = connections;
        this.channels = channels;
        this.gateway = gateway;
    }

    public void start() {
        show("connections", "Open connections", connections::size);
        show("channels", "Channels with members connected here", channels::size);
        show("outbox_frames", "Frames waiting in all outboxes", this::outboxFrames);
        show("inbox_frames", "Frames of clients waiting to be handled", this::inboxFrames);
        show("inbox_bytes", "What these frames take in memory", gateway::inboxBytes);
        show("feed_events", "Channel events waiting to be handed out", channels::waiting);
        Durations times = metrics.deliveryTimes;
        String described = "From the publishing of an event to its writing to a socket";
        show("delivery_seconds_count", described + ", how many", times::count);
        show("delivery_seconds_sum", described + ", in all", times::totalSeconds);
        for (String part : new String[] {"0.5", "0.99", "0.999"}) {
            double of = Double.parseDouble(part);
            show("delivery_seconds", described, () -> times.quantileSeconds(of), new Tag("quantile", part));
        }
        show("opened_total", "Connections that became ready", metrics.opened);
        show("sends_total", "Messages taken into the queue", metrics.sends);
        show("deliveries_total", "Channel events put into outboxes", metrics.deliveries);
        show("gaps_total", "Gaps in a channel's sequence that were looked up", metrics.gaps);
        show("gap_events_total", "Events that came from the log", metrics.filled);
        show("gaps_unfilled_total", "Gaps that the log could not fill", metrics.gapsUnfilled);
        show("feed_overflows_total", "Channels that fell behind and read the log", metrics.feedOverflows);
        show("log_unreachable_total", "Reads of the log that failed and were tried again", metrics.logUnreachable);
        show("rate_limited_total", "Messages refused for their number", metrics.rateLimited);
        show("faults_total", "Invalid or forbidden events", metrics.faults);
        show("errors_total", "Failures at a socket or of the gateway", metrics.errors);
        show("resumes_total", "Resumes by outcome", metrics.resumesComplete::sum, new Tag("complete", "true"));
        show("resumes_total", "Resumes by outcome", metrics.resumesIncomplete::sum, new Tag("complete", "false"));
        for (CloseCode code : CloseCode.values()) {
            show(
                    "closed_total",
                    "Connections ended by the gateway, by reason",
                    metrics.closed(code)::sum,
                    new Tag("reason", code.reason()));
        }
    }

    private int inboxFrames() {
        return connections.all().stream().mapToInt(Connection::inboxSize).sum();
    }

    private int outboxFrames() {
        return connections.all().stream().mapToInt(Connection::outboxSize).sum();
    }

    private void show(String name, String description, LongAdder adder) {
        show(name, description, adder::sum);
    }

    private void show(String name, String description, Supplier<? extends Number> value, Tag... tags) {
        Metadata metadata = Metadata.builder()
                .withName("storm_ws_" + name)
                .withDescription(description)
                .build();
        registry.gauge(metadata, value::get, tags);
    }
}
