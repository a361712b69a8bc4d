package storm.client.queue;

import storm.client.auth.SignedInCalls;
import storm.client.http.RestCall;
import storm.client.http.RestTransport;
import storm.protocol.health.Health;
import storm.protocol.queue.QueueStats;

/// How the server does: its queue and its health.
public final class QueueCalls {
    private final RestTransport transport;
    private final SignedInCalls calls;

    public QueueCalls(RestTransport transport, SignedInCalls calls) {
        this.transport = transport;
        this.calls = calls;
    }

    public QueueStats stats() {
        return calls.call(RestCall.get("/queue/stats"), QueueStats.class);
    }

    /// The health of each part, for everybody; also when the server is unwell.
    public Health health() {
        return transport.bare(RestCall.get("/health"), Health.class);
    }
}
