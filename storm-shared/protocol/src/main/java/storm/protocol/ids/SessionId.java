package storm.protocol.ids;

/// A signed-in session: a random UUID, made at login and kept over refreshes.
public record SessionId(String value) implements Id {
    public SessionId {
        value = Id.uuid("sessionId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
