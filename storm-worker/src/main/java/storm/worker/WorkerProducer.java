package storm.worker;

import com.mongodb.client.MongoDatabase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import storm.core.config.Settings;
import storm.store.channels.ChannelStates;
import storm.store.messagekeys.KeyChecks;
import storm.store.messagekeys.KeyRing;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.MessageStore;
import storm.store.messages.SeqAllotment;
import storm.worker.partitions.WorkerId;

/// Gives CDI what only a worker has: the storage keys above all.
@Singleton
public class WorkerProducer {
    @Produces
    @Singleton
    WorkerId id() {
        return WorkerId.random();
    }

    @Produces
    @Singleton
    KeyRing keys(Settings settings) {
        return KeyRing.from(settings);
    }

    @Produces
    @Singleton
    MessageCipher cipher(KeyRing keys) {
        return new MessageCipher(keys);
    }

    @Produces
    @Singleton
    KeyChecks keyChecks(MongoDatabase database, MessageStore messages) {
        return new KeyChecks(database, messages);
    }

    @Produces
    @Singleton
    ChannelStates channels(MongoDatabase database) {
        return new ChannelStates(database);
    }

    @Produces
    @Singleton
    SeqAllotment seqs(MongoDatabase database) {
        return new SeqAllotment(database);
    }
}
