package storm.rest.messages;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import storm.core.queries.Queries;
import storm.core.queries.Query.ContentQuery;
import storm.core.queries.Query.Contents;
import storm.core.queue.EnqueueResult;
import storm.core.queue.InboundQueue;
import storm.core.queue.Job;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.EditMessageRequest;
import storm.protocol.messages.Message;
import storm.protocol.messages.MessageAccepted;
import storm.protocol.messages.Moments;
import storm.protocol.messages.SendMessageRequest;
import storm.protocol.messages.SendStatus;
import storm.protocol.rest.Page;
import storm.rest.access.AccessPolicy;
import storm.rest.access.Caller;
import storm.rest.audit.AuditTrail;
import storm.rest.channels.ChannelService;
import storm.rest.http.RequestContext;
import storm.store.channels.StoredChannel;
import storm.store.messages.MessageMetadata;
import storm.store.pages.PageRequest;

/// Hands messages, edits and deletions to the queue, and reads pages of what is stored.
///
/// The texts come from a worker over Redis, since this server has no key to open them.
@Singleton
public class MessageService {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ChannelService channels;
    private final MessageMetadata messages;
    private final InboundQueue queue;
    private final Queries queries;
    private final AccessPolicy policy;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    public MessageService(
            ChannelService channels,
            MessageMetadata messages,
            InboundQueue queue,
            Queries queries,
            AccessPolicy policy,
            AuditTrail audit,
            Clock clock) {
        this.channels = channels;
        this.messages = messages;
        this.queue = queue;
        this.queries = queries;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
    }

    /// Texts are for members; who sent what when is also for those who may read any channel, so that they can delete.
    ///
    /// @throws StormException NOT_FOUND, FORBIDDEN; SERVICE_UNAVAILABLE if texts are wanted and no worker answers
    public Page<Message> list(Caller caller, ChannelId channelId, PageRequest request, boolean withContent) {
        StoredChannel channel = channels.find(channelId);
        if (withContent) {
            policy.takePart(caller, channel);
        } else {
            policy.readChannel(caller, channel);
        }
        Page<Message> page = messages.list(channelId, request);
        if (!withContent || page.items().isEmpty()) {
            return page;
        }
        List<MessageId> ids = page.items().stream().map(Message::messageId).toList();
        Contents texts = queries.ask(new ContentQuery(channelId, ids), PATIENCE);
        return page.map(message -> withContent(message, texts));
    }

    /// @throws StormException VALIDATION_ERROR, NOT_FOUND, FORBIDDEN; CONFLICT in an archived channel;
    ///     SERVICE_UNAVAILABLE
    public MessageAccepted send(Caller caller, ChannelId channelId, SendMessageRequest request) {
        if (!Moments.isStorable(request.clientTs())) {
            throw StormException.invalid("clientTs", "must be a moment of the years 1 to 9999");
        }
        openFor(caller, channelId);
        SendStatus status = enqueue(new Job.SendMessage(
                request.messageId(),
                channelId,
                caller.userId(),
                request.content(),
                request.clientTs(),
                clock.instant(),
                RequestContext.current().id()));
        return new MessageAccepted(request.messageId(), status);
    }

    /// @throws StormException NOT_FOUND, FORBIDDEN; CONFLICT in an archived channel; SERVICE_UNAVAILABLE
    public MessageAccepted edit(Caller caller, ChannelId channelId, MessageId id, EditMessageRequest request) {
        openFor(caller, channelId);
        policy.editMessage(caller, message(channelId, id).senderId());
        SendStatus status = enqueue(new Job.EditMessage(
                Job.newId(),
                id,
                channelId,
                caller.userId(),
                request.content(),
                clock.instant(),
                RequestContext.current().id()));
        return new MessageAccepted(id, status);
    }

    /// @throws StormException NOT_FOUND, FORBIDDEN, SERVICE_UNAVAILABLE
    public void delete(Caller caller, ChannelId channelId, MessageId id) {
        channels.find(channelId);
        Message message = message(channelId, id);
        boolean any = policy.deleteMessage(caller, message.senderId());
        if (any) {
            // Before the queue has it: rather an entry too many than one too few.
            audit.record(
                    caller,
                    "message.delete",
                    "message:" + id.value(),
                    Map.of(
                            "channelId",
                            channelId.value(),
                            "senderId",
                            message.senderId().value()));
        }
        enqueue(new Job.DeleteMessage(
                Job.newId(),
                id,
                channelId,
                caller.userId(),
                any,
                clock.instant(),
                RequestContext.current().id()));
    }

    private void openFor(Caller caller, ChannelId channelId) {
        StoredChannel channel = channels.find(channelId);
        policy.takePart(caller, channel);
        if (channel.isArchived()) {
            throw new StormException(ErrorCode.CONFLICT, "the channel is archived");
        }
    }

    private Message message(ChannelId channelId, MessageId id) {
        return messages.find(channelId, id).orElseThrow(() -> StormException.notFound("message"));
    }

    private SendStatus enqueue(Job job) {
        return switch (queue.enqueue(job)) {
            case EnqueueResult.Queued _ -> SendStatus.PENDING;
            case EnqueueResult.Duplicate _ -> SendStatus.DUPLICATE;
            case EnqueueResult.Full _ -> throw StormException.unavailable("queue", RETRY_AFTER, null);
        };
    }

    private static Message withContent(Message message, Contents texts) {
        return new Message(
                message.id(),
                message.messageId(),
                message.channelId(),
                message.senderId(),
                message.seq(),
                texts.of(message.messageId()),
                message.deliveryStatus(),
                message.clientTs(),
                message.createdAt(),
                message.editedAt());
    }
}
