package storm.worker.tasks;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.UnifiedJedis;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.store.messagekeys.KeyRing;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.MessageStore;
import storm.store.messages.MessageStore.Rekeyed;
import storm.store.messages.StoredMessage;

/// Puts older messages under the current storage key, some thousand at a time.
///
/// Goes through the rows in the order of their ids. How far it came is in the hash `storm:rotation`, so another worker
/// goes on where one stopped. At the end it counts what is left: if a worker with an older configuration has stored
/// something under another key meanwhile, the next pass begins. Once nothing is left, keys other than the current one
/// can be left out of `STORM_MESSAGE_KEYS`.
@Singleton
public class KeyRotation implements WorkerTask {
    private static final System.Logger LOG = System.getLogger(KeyRotation.class.getName());
    private static final int BATCH = 200;
    private static final int BATCHES_PER_RUN = 10;

    private final UnifiedJedis redis;
    private final KeyRing keys;
    private final MessageCipher cipher;
    private final MessageStore messages;
    private boolean looked;

    /// How far the messages have come under a key.
    ///
    /// @param after id of the last row that was looked at; empty for none
    /// @param left messages not under the key, as counted when the pass began, less those put under it since
    /// @param done messages put under it
    /// @param unreadable messages of this pass that no key of the ring opens
    /// @param finished whether the pass has ended
    public record Progress(String key, String after, long left, long done, long unreadable, boolean finished) {
        private static Progress of(Map<String, String> hash) {
            return new Progress(
                    hash.getOrDefault("key", ""),
                    hash.getOrDefault("after", ""),
                    Long.parseLong(hash.getOrDefault("left", "0")),
                    Long.parseLong(hash.getOrDefault("done", "0")),
                    Long.parseLong(hash.getOrDefault("unreadable", "0")),
                    "1".equals(hash.get("finished")));
        }

        private Map<String, String> hash() {
            Map<String, String> hash = new HashMap<>();
            hash.put("key", key);
            hash.put("after", after);
            hash.put("left", String.valueOf(left));
            hash.put("done", String.valueOf(done));
            hash.put("unreadable", String.valueOf(unreadable));
            hash.put("finished", finished ? "1" : "0");
            return hash;
        }

        private Progress step(String after, long done, long unreadable) {
            return new Progress(
                    key, after, Math.max(0, left - done), this.done + done, this.unreadable + unreadable, false);
        }

        private Progress passEnded(long left) {
            return left > unreadable
                    ? new Progress(key, "", left, done, 0, false)
                    : new Progress(key, after, left, done, unreadable, true);
        }
    }

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

    /// How far the messages have come under the current key.
    ///
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE if Redis is out of reach
    public Progress progress() {
        Progress stored = Progress.of(RedisFaults.translated(() -> redis.hgetAll(Keys.ROTATION)));
        return stored.key().equals(keys.currentId()) ? stored : new Progress(keys.currentId(), "", -1, 0, 0, false);
    }

    @Override
    public void run() {
        Progress progress = progress();
        if (progress.finished() && !looked && keys.ids().size() > 1) {
            // Another worker may have stored under an older key after the end; a ring of one key has none to retire.
            progress = progress.passEnded(messages.countNotUnder(keys.currentId()));
            save(progress);
        }
        looked = true;
        if (progress.left() < 0) {
            progress = new Progress(keys.currentId(), "", messages.countNotUnder(keys.currentId()), 0, 0, false);
            save(progress);
        }
        for (int i = 0; i < BATCHES_PER_RUN && !progress.finished(); i++) {
            progress = batch(progress);
            save(progress);
        }
    }

    private Progress batch(Progress progress) {
        List<StoredMessage> rows =
                messages.notUnder(progress.key(), progress.after().isEmpty() ? null : progress.after(), BATCH);
        List<Rekeyed> rekeyed = new ArrayList<>(rows.size());
        for (StoredMessage row : rows) {
            MessageCipher.Place place = new MessageCipher.Place(row.messageId(), row.channelId(), row.senderId());
            // If the row has changed meanwhile it is left as it is: an edit encrypts with the editor's current key.
            cipher.decrypt(place, row.text())
                    .ifPresent(
                            text -> rekeyed.add(new Rekeyed(row.messageId(), row.text(), cipher.encrypt(place, text))));
        }
        messages.rekey(rekeyed);
        String after = rows.isEmpty() ? progress.after() : rows.getLast().id();
        Progress stepped = progress.step(after, rekeyed.size(), rows.size() - rekeyed.size());
        return rows.size() < BATCH ? stepped.passEnded(messages.countNotUnder(progress.key())) : stepped;
    }

    private void save(Progress progress) {
        RedisFaults.translated(() -> redis.hset(Keys.ROTATION, progress.hash()));
        if (progress.finished()) {
            LOG.log(
                    progress.left() == 0 ? Level.INFO : Level.WARNING,
                    "messages are under key {0}: {1} were put under it, {2} can be opened by no key",
                    progress.key(),
                    progress.done(),
                    progress.unreadable());
        }
    }
}
