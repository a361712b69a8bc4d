package storm.protocol.channels;

import storm.protocol.WireEnum;

/// What happened to a channel.
public enum ChannelChange implements WireEnum {
    CREATED("created"),
    UPDATED("updated"),
    ARCHIVED("archived"),
    UNARCHIVED("unarchived"),
    DELETED("deleted"),
    MEMBER_ADDED("member_added"),
    MEMBER_REMOVED("member_removed");

    private final String wire;

    ChannelChange(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
