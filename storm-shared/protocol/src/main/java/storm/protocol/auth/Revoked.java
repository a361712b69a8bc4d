package storm.protocol.auth;

/// How many sessions a call ended.
public record Revoked(long revoked) {}
