package storm.worker;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import storm.core.config.FatalSetting;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.store.messagekeys.KeyChecks;
import storm.store.messagekeys.KeyRing;
import storm.store.messages.MessageStore;

/// Makes the indexes that the worker counts on, checks that the storage keys fit, and only then lets it begin:
/// without the unique ones nothing is stored once.
///
/// Waits for a database that is out of reach, on a thread of its own, which ends with [#stop].
@Singleton
public class StoreReadiness {
    private static final System.Logger LOG = System.getLogger(StoreReadiness.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MessageStore messages;
    private final KeyChecks keyChecks;
    private final KeyRing keys;
    private @Nullable Thread thread;
    private volatile boolean ready;

    @Inject
    public StoreReadiness(MessageStore messages, KeyChecks keyChecks, KeyRing keys) {
        this.messages = messages;
        this.keyChecks = keyChecks;
        this.keys = keys;
    }

    synchronized void start(Runnable begin) {
        thread = Thread.ofVirtual().name("store-readiness").start(() -> await(begin));
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
        ready = false;
    }

    /// Whether the indexes stand.
    public boolean isReady() {
        return ready;
    }

    private void prepare() {
        messages.createIndexes();
        keyChecks.verify(keys);
    }

    private void await(Runnable begin) {
        for (boolean told = false; !ready; told = true) {
            try {
                if (!FatalSetting.check(this::prepare)) {
                    return;
                }
                ready = true;
                begin.run();
            } catch (RuntimeException e) {
                if (!told) {
                    boolean outage = e instanceof StormException storm && storm.code() == ErrorCode.SERVICE_UNAVAILABLE;
                    LOG.log(Level.WARNING, "waiting for the database: " + e.getMessage(), outage ? null : e);
                }
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }
}
