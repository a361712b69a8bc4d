package storm.protocol.ids;

/// A dead letter: a random UUID, made when its job was given up.
public record DeadLetterId(String value) implements Id {
    public DeadLetterId {
        value = Id.uuid("id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
