package storm.protocol.deadletters;

/// How many dead letters went back to the queue.
public record Retried(long retried) {}
