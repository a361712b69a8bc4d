package storm.protocol.messages;

import storm.protocol.WireEnum;

/// Answer to a send over REST: taken into the queue, or seen before.
public enum SendStatus implements WireEnum {
    PENDING("pending"),
    DUPLICATE("duplicate");

    private final String wire;

    SendStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
