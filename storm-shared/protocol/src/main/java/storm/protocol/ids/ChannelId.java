package storm.protocol.ids;

/// A channel: the 24 hex digits of a MongoDB ObjectId.
public record ChannelId(String value) implements Id {
    public ChannelId {
        value = Id.objectId("channelId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
