package storm.protocol.channels;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// PATCH /channels/{id}: what is absent stays as it is; at least one field.
public record UpdateChannelRequest(
        @Nullable @Size(min = 2, max = 64) String name,
        @Nullable @Size(max = 500) String description,
        @Nullable Boolean isArchived) {}
