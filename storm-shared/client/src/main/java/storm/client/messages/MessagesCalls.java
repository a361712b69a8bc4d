package storm.client.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.client.auth.SignedInCalls;
import storm.client.http.RestCall;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.EditMessageRequest;
import storm.protocol.messages.Message;
import storm.protocol.messages.MessageAccepted;
import storm.protocol.messages.Messages;
import storm.protocol.messages.SendMessageRequest;
import storm.protocol.rest.Page;

/// Messages over REST. For a conversation use a live connection.
public final class MessagesCalls {
    private final SignedInCalls calls;

    public MessagesCalls(SignedInCalls calls) {
        this.calls = calls;
    }

    /// A page of a channel's messages, newest first, without their texts.
    public Page<Message> list(ChannelId channel, int limit, @Nullable String cursor) {
        return page(RestCall.get(path(channel)), limit, cursor);
    }

    /// A page of a channel's messages, newest first, with their texts.
    public Page<Message> listWithContent(ChannelId channel, int limit, @Nullable String cursor) {
        return page(RestCall.get(path(channel)).with("include", "content"), limit, cursor);
    }

    private Page<Message> page(RestCall call, int limit, @Nullable String cursor) {
        return calls.call(call.with("limit", limit).with("cursor", cursor)).page(Messages.class, Messages::messages);
    }

    /// Puts a message into the queue. The same `id` again is answered as a duplicate and stored once.
    public MessageAccepted send(ChannelId channel, MessageId id, String content, Instant clientTs) {
        return calls.call(
                RestCall.post(path(channel), new SendMessageRequest(id, content, clientTs)), MessageAccepted.class);
    }

    public MessageAccepted edit(ChannelId channel, MessageId id, String content) {
        return calls.call(
                RestCall.patch(path(channel) + "/" + id, new EditMessageRequest(content)), MessageAccepted.class);
    }

    public void delete(ChannelId channel, MessageId id) {
        calls.call(RestCall.delete(path(channel) + "/" + id));
    }

    private static String path(ChannelId channel) {
        return "/channels/" + channel + "/messages";
    }
}
