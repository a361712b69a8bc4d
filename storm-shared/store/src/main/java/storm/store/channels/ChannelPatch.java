package storm.store.channels;

import org.jspecify.annotations.Nullable;

/// What is to change in a channel; what is null stays.
public record ChannelPatch(
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean archived) {
    public boolean isEmpty() {
        return name == null && description == null && archived == null;
    }
}
