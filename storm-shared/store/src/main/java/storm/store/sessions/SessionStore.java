package storm.store.sessions;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;

/// The signed-in sessions. Tokens come and go as SHA-256 hashes in hex. Every method throws SERVICE_UNAVAILABLE if
/// the database is out of reach.
public interface SessionStore {

    static SessionStore in(MongoDatabase database) {
        return new MongoSessionStore(database);
    }

    void createIndexes();

    void insert(StoredSession session, String tokenHash);

    /// Replaces a token by its successor in one compare-and-set: of two calls with one token at most one wins.
    Rotation rotate(String tokenHash, String successorHash, Instant now, Instant expiresAt);

    /// The live sessions of a user, newest first.
    List<StoredSession> list(UserId userId, Instant now);

    Optional<StoredSession> find(UserId userId, SessionId sessionId, Instant now);

    /// Lets a session outlive what voided the others.
    void keep(SessionId sessionId, long credentialVersion);

    /// Ends a session of a user.
    boolean end(UserId userId, SessionId sessionId);

    /// Ends all sessions of a user and tells how many there were.
    long endAll(UserId userId, Instant now);

    /// Ends all sessions of a user but one.
    long endOthers(UserId userId, SessionId kept, Instant now);

    /// Removes what expired: not every server does so itself.
    long removeExpired(Instant now);
}
