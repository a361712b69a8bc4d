package storm.client.live;

import java.time.Duration;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;

/// A listener whose failures end here, in the log, so that they cannot end the connection.
record GuardedListener(ConnectionListener to) implements ConnectionListener {
    private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());

    @Override
    public void ready(ServerEvent.ConnectionReady ready) {
        guarded(() -> to.ready(ready));
    }

    @Override
    public void event(ServerEvent event) {
        guarded(() -> to.event(event));
    }

    @Override
    public void missed(ChannelId channel, long afterSeq, long upToSeq) {
        guarded(() -> to.missed(channel, afterSeq, upToSeq));
    }

    @Override
    public void interrupted(String reason, Duration retryIn) {
        guarded(() -> to.interrupted(reason, retryIn));
    }

    @Override
    public void stopped(StormException reason) {
        guarded(() -> to.stopped(reason));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
        }
    }
}
