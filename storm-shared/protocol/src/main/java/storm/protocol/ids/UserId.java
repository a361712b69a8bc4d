package storm.protocol.ids;

/// A user: the 24 hex digits of a MongoDB ObjectId.
public record UserId(String value) implements Id {
    public UserId {
        value = Id.objectId("userId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
