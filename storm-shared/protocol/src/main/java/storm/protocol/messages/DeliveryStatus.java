package storm.protocol.messages;

import storm.protocol.WireEnum;

/// How far a stored message has come.
public enum DeliveryStatus implements WireEnum {
    /// Stored, not yet published.
    PENDING("pending"),
    /// Stored and published to its channel.
    DELIVERED("delivered"),
    /// Given up; a dead letter tells why.
    FAILED("failed");

    private final String wire;

    DeliveryStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
