package storm.core.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.protocol.errors.StormException;

/// The ownership of a partition, and all that an owner may do with its jobs.
///
/// Every script checks `storm:q:{p}:lease`, so after the lease has gone to another worker each method ends in
/// [LostLeaseException]. With Redis out of reach each ends in SERVICE_UNAVAILABLE. Thread-safe.
public final class PartitionLease {
    /// How long a lease holds after it was last renewed.
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(6);

    private static final LuaScript LEASE = LuaScript.named("lease");
    private static final LuaScript RENEW = LuaScript.named("renew");
    private static final LuaScript READ = LuaScript.named("read");
    private static final LuaScript DONE = LuaScript.named("done");
    private static final LuaScript LATER = LuaScript.named("later");
    private static final LuaScript BURY = LuaScript.named("bury");

    private final UnifiedJedis redis;
    private final Clock clock;
    private final int partition;
    private final long fence;
    private final String token;

    private PartitionLease(UnifiedJedis redis, Clock clock, int partition, String workerId, long fence) {
        this.redis = redis;
        this.clock = clock;
        this.partition = partition;
        this.fence = fence;
        this.token = workerId + ":" + fence;
    }

    /// Takes a partition that nobody owns; empty if somebody does.
    public static Optional<PartitionLease> acquire(UnifiedJedis redis, Clock clock, int partition, String workerId) {
        Object fence = LEASE.run(
                redis,
                List.of(Keys.lease(partition), Keys.fence(partition)),
                List.of(workerId, String.valueOf(TIME_TO_LIVE.toMillis()), String.valueOf(clock.millis())));
        return fence instanceof Long number && number > 0
                ? Optional.of(new PartitionLease(redis, clock, partition, workerId, number))
                : Optional.empty();
    }

    public int partition() {
        return partition;
    }

    /// Grows with every change of ownership.
    public long fence() {
        return fence;
    }

    public void renew() {
        owned(RENEW.run(
                redis, List.of(Keys.lease(partition)), List.of(token, String.valueOf(TIME_TO_LIVE.toMillis()))));
    }

    /// Gives the partition back, so that another worker can take it at once; nothing if it is lost already.
    public void release() {
        RENEW.run(redis, List.of(Keys.lease(partition)), List.of(token, "0"));
    }

    /// The jobs to do next. They are to be ended, put off or given up before the next call: what is not, it returns
    /// again.
    public QueueBatch read(int count) {
        Object found = READ.run(
                redis,
                List.of(Keys.lease(partition), Keys.queue(partition), Keys.delayed(partition)),
                List.of(token, String.valueOf(count), String.valueOf(clock.millis())));
        if (!(found instanceof List<?> answer)) {
            throw new LostLeaseException(partition);
        }
        List<QueueEntry> entries = new ArrayList<>(count);
        for (Object row : (List<?>) answer.get(1)) {
            entries.add(entry((List<?>) row));
        }
        return new QueueBatch(entries, Long.valueOf(1).equals(answer.get(0)));
    }

    /// Ends jobs that are done.
    public void done(List<QueueEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<String> args = new ArrayList<>(entries.size() + 1);
        args.add(token);
        entries.forEach(entry -> args.add(entry.entryId()));
        owned(DONE.run(redis, List.of(Keys.lease(partition), Keys.queue(partition), stats()), args));
    }

    /// Puts a job off, with one more attempt counted.
    public void later(QueueEntry entry, Instant due) {
        String member = (entry.attempts() + 1) + "|" + entry.jobId() + "|" + entry.sealed();
        owned(LATER.run(
                redis,
                List.of(Keys.lease(partition), Keys.queue(partition), Keys.delayed(partition), stats()),
                List.of(token, entry.entryId(), String.valueOf(due.toEpochMilli()), member)));
    }

    /// Gives a job up, and tells of it on a topic in the same step.
    ///
    /// @param word what is published; empty for nothing
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach
    public void bury(
            QueueEntry entry, String deadLetterId, String letter, Instant failedAt, String topic, String word) {
        owned(BURY.run(
                redis,
                List.of(
                        Keys.lease(partition),
                        Keys.queue(partition),
                        Keys.dead(partition),
                        Keys.deadIndex(partition),
                        stats()),
                List.of(
                        token,
                        entry.entryId(),
                        deadLetterId,
                        letter,
                        String.valueOf(failedAt.toEpochMilli()),
                        topic,
                        word)));
    }

    private String stats() {
        return Keys.stats(partition, clock.millis() / 60_000);
    }

    private void owned(@Nullable Object answer) {
        if (!Long.valueOf(1).equals(answer)) {
            throw new LostLeaseException(partition);
        }
    }

    private static QueueEntry entry(List<?> row) {
        String entryId = (String) row.get(0);
        String sealed = "";
        String jobId = "";
        int attempts = 0;
        // A body that is gone while the entry is still pending reads as nil.
        List<?> fields = row.get(1) instanceof List<?> list ? list : List.of();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String value = (String) fields.get(i + 1);
            switch ((String) fields.get(i)) {
                case "j" -> sealed = value;
                case "id" -> jobId = value;
                case "n" -> attempts = Integer.parseInt(value);
                default -> {
                    // A later version's field.
                }
            }
        }
        return new QueueEntry(entryId, attempts, jobId, sealed);
    }

    @Override
    public String toString() {
        return "PartitionLease[" + partition + " fence " + fence + "]";
    }
}
