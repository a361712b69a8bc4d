package storm.protocol.channels;

import jakarta.validation.constraints.NotNull;
import storm.protocol.ids.UserId;

/// POST /channels/{id}/members.
public record AddMemberRequest(@NotNull UserId userId) {}
