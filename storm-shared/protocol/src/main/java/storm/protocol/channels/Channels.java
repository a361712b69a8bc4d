package storm.protocol.channels;

import java.util.List;

/// Answer of GET /channels.
public record Channels(List<Channel> channels) {}
