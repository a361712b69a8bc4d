package storm.bench.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.XAddParams;

/// Adds entries as long as jobs to a stream, and does nothing else.
final class BareRedis {
    /// What sealing adds to a text, before base64: ids, times, IV and tag.
    private static final int AROUND_TEXT = 190;

    private static final String KEY = "storm:bench:bare";

    private final UnifiedJedis redis;
    private final String job;
    private final int threads;
    private final int seconds;

    BareRedis(UnifiedJedis redis, int textLength, int threads, int seconds) {
        this.redis = redis;
        this.job = "j".repeat((textLength + AROUND_TEXT + 2) / 3 * 4);
        this.threads = threads;
        this.seconds = seconds;
    }

    double callsPerSecond() throws InterruptedException {
        AtomicLong calls = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(Thread.ofPlatform().name("caller-" + i).start(() -> {
                while (System.nanoTime() < end) {
                    Map<String, String> fields =
                            Map.of("j", job, "n", "0", "id", UUID.randomUUID().toString());
                    redis.xadd(KEY, XAddParams.xAddParams(), fields);
                    calls.incrementAndGet();
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        redis.del(KEY);
        return (double) calls.get() / seconds;
    }
}
