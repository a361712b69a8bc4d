package storm.protocol.messages;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// PATCH /channels/{id}/messages/{messageId}.
public record EditMessageRequest(
        @NotNull @Size(min = 1, max = Contents.MAX_LENGTH) String content) {
    @Override
    public String toString() {
        return "EditMessageRequest[masked]";
    }
}
