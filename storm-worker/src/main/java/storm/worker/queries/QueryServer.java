package storm.worker.queries;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.KeyValue;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.core.queries.QueryWire;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Takes questions from `storm:queries` and publishes the answers; each question is taken by one worker.
///
/// One thread takes, at most 8 virtual threads answer: a page of the longest texts takes some megabytes. What nobody
/// waits for any longer is dropped. Threads
/// end with [#stop].
@Singleton
public class QueryServer {
    private static final System.Logger LOG = System.getLogger(QueryServer.class.getName());
    private static final int AT_ONCE = 8;
    private static final double TAKE_SECONDS = 0.5;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final UnifiedJedis redis;
    private final TransportCipher cipher;
    private final QueryAnswers answers;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private @Nullable Thread thread;
    private volatile boolean stopping;

    @Inject
    public QueryServer(UnifiedJedis redis, TransportCipher cipher, QueryAnswers answers, Clock clock) {
        this.redis = redis;
        this.cipher = cipher;
        this.answers = answers;
        this.clock = clock;
    }

    public synchronized void start() {
        if (thread == null) {
            stopping = false;
            thread = Thread.ofVirtual().name("query-server").start(this::run);
        }
    }

    /// Ends once the questions at hand are answered.
    public synchronized void stop(Duration patience) {
        Thread running = thread;
        if (running == null) {
            return;
        }
        thread = null;
        stopping = true;
        try {
            running.join(patience);
            if (free.tryAcquire(AT_ONCE, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean reached = true;
        while (!stopping) {
            try {
                free.acquire();
                KeyValue<String, String> taken = null;
                try {
                    taken = redis.brpop(TAKE_SECONDS, Keys.QUERIES);
                    reached = true;
                } finally {
                    if (taken == null) {
                        free.release();
                    }
                }
                if (taken != null) {
                    String sealed = taken.getValue();
                    Thread.ofVirtual().name("query").start(() -> {
                        try {
                            answer(sealed);
                        } finally {
                            free.release();
                        }
                    });
                }
            } catch (JedisException e) {
                if (reached) {
                    LOG.log(Level.WARNING, "questions cannot be taken: {0}", e.getMessage());
                }
                reached = false;
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void answer(String sealed) {
        try {
            QueryWire.Asked asked = Json.read(cipher.openText(QueryWire.ASK, sealed), QueryWire.Asked.class);
            if (asked.deadline().isBefore(clock.instant())) {
                return;
            }
            String body = null;
            try {
                body = Json.write(answers.answer(asked.query()));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a question could not be answered: {0}", asked, e);
            }
            String reply = cipher.seal(QueryWire.REPLY, Json.write(new QueryWire.Replied(asked.id(), body)));
            RedisFaults.translated(() -> redis.publish(asked.replyTo(), reply));
        } catch (BrokenSealException | StormException e) {
            LOG.log(Level.WARNING, "a question could not be read or its answer not sent: {0}", e.getMessage());
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
