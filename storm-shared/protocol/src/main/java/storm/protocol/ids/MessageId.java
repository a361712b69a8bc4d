package storm.protocol.ids;

/// A message, named by its sender: a UUID. It is stored once, for ever.
public record MessageId(String value) implements Id {
    public MessageId {
        value = Id.uuid("messageId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
