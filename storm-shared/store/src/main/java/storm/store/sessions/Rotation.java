package storm.store.sessions;

import storm.protocol.ids.UserId;

/// What became of a refresh token that was handed in.
public sealed interface Rotation {
    /// It was good; the session now goes by the new one.
    record Rotated(StoredSession session) implements Rotation {}

    /// It was used before: somebody has a copy.
    record Reused(UserId userId) implements Rotation {}

    /// Never issued, expired, or its session is over.
    record Unknown() implements Rotation {}
}
