package storm.protocol.channels;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// POST /channels.
public record CreateChannelRequest(
        @NotNull @Size(min = 2, max = 64) String name,
        @Nullable @Size(max = 500) String description) {}
