package storm.ws.messages;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storm.core.queries.Queries;
import storm.core.queries.Query;
import storm.core.queue.EnqueueResult;
import storm.core.queue.InboundQueue;
import storm.core.queue.Job;
import storm.core.signals.UserSignals;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;
import storm.ws.channels.Channels;
import storm.ws.connections.Budget;
import storm.ws.connections.Connection;
import storm.ws.connections.ConnectionLimits;
import storm.ws.connections.Forbidden;
import storm.ws.metrics.GatewayMetrics;
import storm.ws.redis.Turns;

/// `message.send`, `message.received` and `history.get`.
///
/// An ack says that Redis has the job: nothing is acked before.
@Singleton
public class MessageHandler {
    /// All pages that wait for their readers may hold this part of the memory.
    private static final int PAGES_SHARE = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(2);

    private final Channels channels;
    private final InboundQueue queue;
    private final Queries queries;
    private final Turns turns;
    private final ConnectionLimits limits;
    private final UserSignals signals;
    private final GatewayMetrics metrics;
    private final Clock clock;
    private final Budget pages = new Budget(Runtime.getRuntime().maxMemory() / PAGES_SHARE);

    @Inject
    public MessageHandler(
            Channels channels,
            InboundQueue queue,
            Queries queries,
            Turns turns,
            ConnectionLimits limits,
            UserSignals signals,
            GatewayMetrics metrics,
            Clock clock) {
        this.channels = channels;
        this.queue = queue;
        this.queries = queries;
        this.turns = turns;
        this.limits = limits;
        this.signals = signals;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Takes a message into the queue: `message.ack`, or `error.rate_limited`.
    ///
    /// @throws StormException FORBIDDEN, SERVICE_UNAVAILABLE
    public void send(Connection connection, String requestId, ClientEvent.MessageSend send) {
        Instant now = clock.instant();
        if (!connection.countSend(now.toEpochMilli())) {
            metrics.rateLimited.increment();
            int retryAfter = connection.sendRetryAfter(now.toEpochMilli());
            connection.answer(requestId, new ServerEvent.RateLimited(retryAfter, limits.messagesPerMinute(), "minute"));
            return;
        }
        if (!channels.mayWrite(connection, send.channelId())) {
            throw Forbidden.in(send.channelId());
        }
        Job job = new Job.SendMessage(
                send.messageId(),
                send.channelId(),
                connection.userId(),
                send.content(),
                send.clientTs(),
                now,
                requestId);
        AckStatus status = switch (turns.command(() -> queue.enqueue(job))) {
            case EnqueueResult.Queued _ -> AckStatus.QUEUED;
            case EnqueueResult.Duplicate _ -> AckStatus.DUPLICATE;
            case EnqueueResult.Full _ -> throw StormException.unavailable("the queue", FULL_RETRY_AFTER, null);
        };
        metrics.sends.increment();
        connection.answer(requestId, new ServerEvent.MessageAck(send.messageId(), status, now));
    }

    /// Marks messages as delivered to the user and tells their senders: `message.receipt`.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void received(Connection connection, ClientEvent.MessageReceived received) {
        record Batch(ChannelId channelId, UserId senderId) {}
        UserId userId = connection.userId();
        Query.DeliveredQuery query = new Query.DeliveredQuery(userId, received.messageIds());
        Map<Batch, List<MessageId>> bySender = new HashMap<>();
        for (Query.DeliveredMessage message :
                turns.question(() -> queries.ask(query, PATIENCE)).messages()) {
            bySender.computeIfAbsent(new Batch(message.channelId(), message.senderId()), _ -> new ArrayList<>())
                    .add(message.messageId());
        }
        Instant now = clock.instant();
        bySender.forEach((batch, ids) -> turns.command(() -> {
            signals.publish(batch.senderId(), new ServerEvent.MessageReceipt(ids, batch.channelId(), userId, now));
            return true;
        }));
    }

    /// Asks the worker for a page of messages: `history.page`.
    ///
    /// @throws StormException FORBIDDEN, SERVICE_UNAVAILABLE
    public void history(Connection connection, String requestId, ClientEvent.HistoryGet get)
            throws InterruptedException {
        if (!channels.isMember(connection, get.channelId())) {
            throw Forbidden.in(get.channelId());
        }
        Query.HistoryQuery query = new Query.HistoryQuery(get.channelId(), get.beforeSeq(), get.limit());
        Query.History page = turns.question(() -> queries.ask(query, PATIENCE));
        // Asked again: the user may have been removed while the worker read.
        if (!channels.isMember(connection, get.channelId())) {
            throw Forbidden.in(get.channelId());
        }
        ServerEvent answer = new ServerEvent.HistoryPage(get.channelId(), page.messages(), page.hasMore());
        if (!connection.answer(requestId, answer, pages, limits.sendDeadline())) {
            throw StormException.unavailable("room for the page", FULL_RETRY_AFTER, null);
        }
    }
}
