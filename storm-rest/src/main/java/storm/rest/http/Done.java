package storm.rest.http;

/// The answer of what has nothing to tell: `{}`.
public record Done() {}
