package storm.protocol.deadletters;

/// How many dead letters were discarded.
public record Discarded(long discarded) {}
