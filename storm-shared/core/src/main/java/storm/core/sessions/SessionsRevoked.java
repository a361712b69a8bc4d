package storm.core.sessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;

/// Tokens that are worth nothing any more: every open socket they opened is closed at once.
///
/// @param sessionId the one session that ended; absent: all of the user, except `except`
/// @param before tokens issued at or before this instant
public record SessionsRevoked(
        UserId userId,
        @Nullable SessionId sessionId,
        @Nullable SessionId except,
        Instant before) {

    public static SessionsRevoked one(UserId userId, SessionId sessionId, Instant before) {
        return new SessionsRevoked(userId, sessionId, null, before);
    }

    public static SessionsRevoked all(UserId userId, Instant before) {
        return new SessionsRevoked(userId, null, null, before);
    }

    public static SessionsRevoked others(UserId userId, SessionId except, Instant before) {
        return new SessionsRevoked(userId, null, except, before);
    }

    /// Whether that token is among them.
    public boolean concerns(Verified token) {
        if (!userId.equals(token.userId())) {
            return false;
        }
        if (sessionId != null) {
            return sessionId.equals(token.sessionId());
        }
        return !token.issuedAt().isAfter(before) && !token.sessionId().equals(except);
    }
}
