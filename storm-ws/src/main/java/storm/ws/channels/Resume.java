package storm.ws.channels;

import java.time.Duration;
import java.util.Optional;
import storm.core.channelevents.ChannelFrame;
import storm.core.channelevents.Replay;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent.ChannelResumed;
import storm.ws.connections.Connection;
import storm.ws.connections.Frame;

/// Brings one connection up to date in one channel.
///
/// The connection leaves the live feed and reads the log from where the client is; when it has all that the feed has
/// handed out, it goes live again, in one step under the feed's lock. So nothing is skipped and nothing comes twice
/// between the two. It runs on the connection's own thread, at the pace of its outbox: nobody else waits.
///
/// Complete means that every seq after the client's came, up to the newest known at the opening of the connection. A
/// seq that is out of reach may have been an event, so it makes the resume incomplete, as does a log that lost its data
/// since then.
final class Resume {
    private final ChannelFeed feed;
    private final Connection connection;
    private final String requestId;
    private final long afterSeq;
    private final long knownSeq;
    private final boolean sameEpoch;
    private final Duration longestWait;
    private long position;
    private boolean whole;

    /// @param knownSeq the newest seq of the channel by the database, when the connection was opened
    /// @param sameEpoch whether the log has kept its data since then
    Resume(
            ChannelFeed feed,
            Connection connection,
            String requestId,
            long afterSeq,
            long knownSeq,
            boolean sameEpoch,
            Duration longestWait) {
        this.feed = feed;
        this.connection = connection;
        this.requestId = requestId;
        this.afterSeq = afterSeq;
        this.knownSeq = knownSeq;
        this.sameEpoch = sameEpoch;
        this.longestWait = longestWait;
    }

    /// Sends what was missed, then `channel.resumed`.
    ///
    /// @return whether it was complete; empty if the connection is no member any more, or gone
    /// @throws StormException SERVICE_UNAVAILABLE; the connection is live again
    Optional<Boolean> run() throws InterruptedException {
        Optional<Subscription> found = feed.subscriptionOf(connection);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Subscription subscription = found.get();
        synchronized (feed) {
            long last = Math.max(feed.newest(), knownSeq);
            if (afterSeq > last) {
                // The client has seqs that are not there: the data was set back. It starts over from here.
                return Optional.of(finish(subscription, feed.newest(), false));
            }
            if (afterSeq == feed.newest()) {
                return Optional.of(finish(subscription, afterSeq, sameEpoch && afterSeq >= knownSeq));
            }
            subscription.leaveLive();
        }
        position = afterSeq;
        whole = sameEpoch;
        try {
            return replay(subscription);
        } catch (StormException e) {
            synchronized (feed) {
                subscription.goLive(Math.max(position, feed.newest()));
            }
            throw e;
        }
    }

    private Optional<Boolean> replay(Subscription subscription) throws InterruptedException {
        while (true) {
            long from = position;
            Replay page = feed.readAfter(from);
            for (ChannelFrame event : page.frames()) {
                if (!connection.awaitRoom(longestWait)) {
                    return Optional.empty();
                }
                synchronized (feed) {
                    if (subscription.hasEnded()) {
                        return Optional.empty();
                    }
                    connection.send(Frame.of(event.text()));
                }
                whole &= event.seq() == position + 1;
                position = event.seq();
            }
            whole &= page.upTo() == position;
            position = page.upTo();
            synchronized (feed) {
                if (subscription.hasEnded()) {
                    return Optional.empty();
                }
                boolean upToDate = position >= feed.newest() && !page.more();
                boolean nothingKept = position == from;
                if (upToDate || nothingKept) {
                    whole &= position >= Math.max(feed.newest(), knownSeq);
                    return Optional.of(finish(subscription, Math.max(position, feed.newest()), whole));
                }
            }
        }
    }

    private boolean finish(Subscription subscription, long upTo, boolean complete) {
        subscription.goLive(upTo);
        connection.answer(requestId, new ChannelResumed(feed.channelId(), upTo, complete));
        return complete;
    }
}
