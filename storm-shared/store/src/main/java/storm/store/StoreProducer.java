package storm.store;

import com.mongodb.client.MongoDatabase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import storm.store.audit.AuditRows;
import storm.store.audit.AuditStore;
import storm.store.channels.ChannelStore;
import storm.store.messages.MessageMetadata;
import storm.store.messages.MessageStore;
import storm.store.readmarkers.ReadMarkerStore;
import storm.store.sessions.SessionStore;
import storm.store.users.UserStore;

/// Gives CDI the stores that serve requests. Each of their operations ends within 1.5 s, retries and all, so that a
/// request that meets a database out of reach, or one that hangs, is answered within 2 s.
@Singleton
public class StoreProducer {
    @Produces
    @Singleton
    UserStore users(MongoDatabase database, Clock clock) {
        return UserStore.in(quick(database), clock);
    }

    @Produces
    @Singleton
    SessionStore sessions(MongoDatabase database) {
        return SessionStore.in(quick(database));
    }

    @Produces
    @Singleton
    ChannelStore channels(MongoDatabase database, Clock clock) {
        return ChannelStore.in(quick(database), clock);
    }

    @Produces
    @Singleton
    MessageStore messages(MongoDatabase database, Clock clock) {
        return MessageStore.in(database, clock);
    }

    @Produces
    @Singleton
    ReadMarkerStore readMarkers(MongoDatabase database) {
        return new ReadMarkerStore(quick(database));
    }

    @Produces
    @Singleton
    MessageMetadata messageMetadata(MongoDatabase database) {
        return new MessageMetadata(quick(database));
    }

    @Produces
    @Singleton
    AuditStore audit(MongoDatabase database, AuditRows rows) {
        return new AuditStore(quick(database), rows);
    }

    private static MongoDatabase quick(MongoDatabase database) {
        return database.withTimeout(1500, TimeUnit.MILLISECONDS);
    }
}
