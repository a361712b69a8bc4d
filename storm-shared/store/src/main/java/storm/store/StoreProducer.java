package storm.store;

import com.mongodb.client.MongoDatabase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import storm.store.audit.AuditStore;
import storm.store.channels.ChannelStore;
import storm.store.messages.MessageStore;
import storm.store.readmarkers.ReadMarkerStore;
import storm.store.sessions.SessionStore;
import storm.store.users.UserStore;

/// Gives CDI the stores.
@Singleton
public class StoreProducer {
    @Produces
    @Singleton
    UserStore users(MongoDatabase database, Clock clock) {
        return UserStore.in(database, clock);
    }

    @Produces
    @Singleton
    SessionStore sessions(MongoDatabase database) {
        return SessionStore.in(database);
    }

    @Produces
    @Singleton
    ChannelStore channels(MongoDatabase database, Clock clock) {
        return ChannelStore.in(database, clock);
    }

    @Produces
    @Singleton
    MessageStore messages(MongoDatabase database, Clock clock) {
        return MessageStore.in(database, clock);
    }

    @Produces
    @Singleton
    ReadMarkerStore readMarkers(MongoDatabase database) {
        return new ReadMarkerStore(database);
    }

    @Produces
    @Singleton
    AuditStore audit(MongoDatabase database) {
        return new AuditStore(database);
    }
}
