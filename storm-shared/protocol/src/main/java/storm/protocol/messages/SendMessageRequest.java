package storm.protocol.messages;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import storm.protocol.ids.MessageId;

/// POST /channels/{id}/messages.
public record SendMessageRequest(
        @NotNull MessageId messageId,
        @NotNull @Size(min = 1, max = Contents.MAX_LENGTH) String content,
        @NotNull Instant clientTs) {
    @Override
    public String toString() {
        return "SendMessageRequest[" + messageId + "]";
    }
}
