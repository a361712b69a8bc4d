package storm.protocol.messages;

import storm.protocol.WireEnum;

/// Answer to a send over WebSocket: taken into the queue, or seen before.
public enum AckStatus implements WireEnum {
    QUEUED("queued"),
    DUPLICATE("duplicate");

    private final String wire;

    AckStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
