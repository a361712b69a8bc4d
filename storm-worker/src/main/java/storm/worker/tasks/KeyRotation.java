package storm.worker.tasks;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.store.messagekeys.KeyRing;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.EncryptedText;
import storm.store.messages.MessageStore;
import storm.store.messages.StoredMessage;

/// Puts older messages under the current storage key, some thousand at a time.
///
/// Goes through the rows once in the order of their ids. How far it came is in the hash `storm:rotation`
/// (`key`, `after`,
/// `done`, `unreadable`, `finished`), so another worker goes on where one stopped. Once it is finished with none
/// unreadable, keys
/// other than the current one can be left out of `STORM_MESSAGE_KEYS`.
@Singleton
public class KeyRotation implements WorkerTask {
    private static final System.Logger LOG = System.getLogger(KeyRotation.class.getName());
    private static final int BATCH = 200;
    private static final int BATCHES_PER_RUN = 10;

    private final UnifiedJedis redis;
    private final KeyRing keys;
    private final MessageCipher cipher;
    private final MessageStore messages;

    @Inject
    public KeyRotation(UnifiedJedis redis, KeyRing keys, MessageCipher cipher, MessageStore messages) {
        this.redis = redis;
        this.keys = keys;
        this.cipher = cipher;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        Map<String, String> progress = progress();
        if (!keys.currentId().equals(progress.get("key"))) {
            RedisFaults.translated(() -> redis.del(Keys.ROTATION));
            progress = Map.of();
        }
        if (progress.containsKey("finished")) {
            return;
        }
        String after = progress.get("after");
        for (int i = 0; i < BATCHES_PER_RUN; i++) {
            List<StoredMessage> rows = messages.notUnder(keys.currentId(), after, BATCH);
            long done = rows.stream().filter(this::rekey).count();
            if (!rows.isEmpty()) {
                after = rows.getLast().id();
            }
            save(after == null ? "" : after, done, rows.size() - done, rows.size() < BATCH);
            if (rows.size() < BATCH) {
                return;
            }
        }
    }

    private boolean rekey(StoredMessage row) {
        MessageCipher.Place place = new MessageCipher.Place(row.messageId(), row.channelId(), row.senderId());
        Optional<EncryptedText> moved = cipher.decrypt(place, row.text()).map(text -> cipher.encrypt(place, text));
        // If the row has changed meanwhile, whoever did that encrypted with the current key.
        moved.ifPresent(text -> messages.rekey(row.messageId(), row.text(), text));
        return moved.isPresent();
    }

    private Map<String, String> progress() {
        return RedisFaults.translated(() -> redis.hgetAll(Keys.ROTATION));
    }

    private void save(String after, long done, long unreadable, boolean finished) {
        RedisFaults.translated(() -> {
            redis.hset(Keys.ROTATION, Map.of("key", keys.currentId(), "after", after));
            redis.hincrBy(Keys.ROTATION, "done", done);
            return redis.hincrBy(Keys.ROTATION, "unreadable", unreadable);
        });
        if (finished) {
            RedisFaults.translated(() -> redis.hset(Keys.ROTATION, "finished", "1"));
            LOG.log(Level.INFO, "all messages are under key {0}: {1}", keys.currentId(), progress());
        }
    }
}
