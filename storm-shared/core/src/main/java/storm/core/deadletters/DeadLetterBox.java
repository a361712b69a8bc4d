package storm.core.deadletters;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import storm.core.config.QueueConfig;
import storm.core.queue.Partitions;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisFaults;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.json.Json;
import storm.protocol.rest.Page;

/// The dead letters of all partitions, to look at, to send back and to drop.
///
/// A letter is handled once: of two moderators, or two clicks, one gets `true`. Touches `storm:q:{p}:dead`
/// (hash, id to [BuriedJob] as JSON) and `storm:q:{p}:dead:index` (sorted set, ids by time of failure).
/// Thread-safe; every method throws SERVICE_UNAVAILABLE if Redis is out of reach.
@Singleton
public class DeadLetterBox {
    /// Most that one call by filter handles; the rest is for the next.
    public static final int MAX_AT_ONCE = 10_000;

    private static final LuaScript RETRY = LuaScript.named("dead-retry");
    private static final LuaScript DISCARD = LuaScript.named("dead-discard");

    private final UnifiedJedis redis;
    private final Partitions partitions;

    @Inject
    public DeadLetterBox(UnifiedJedis redis, QueueConfig config) {
        this.redis = redis;
        this.partitions = new Partitions(config.partitions());
    }

    /// A page of letters, newest first.
    ///
    /// @param cursor the `nextCursor` of the page before; absent for the first
    /// @throws storm.protocol.errors.StormException VALIDATION_ERROR if the cursor is not one of ours
    public Page<DeadLetter> list(DeadLetterFilter filter, int limit, @Nullable String cursor) {
        DeadLetterCursor after = cursor == null ? null : DeadLetterCursor.decode(cursor);
        List<DeadLetter> shown = new ArrayList<>();
        boolean more = false;
        for (Iterator<BuriedJob> letters = matching(filter, after); letters.hasNext(); ) {
            DeadLetter letter = letters.next().letter();
            if (shown.size() == limit) {
                more = true;
                break;
            }
            shown.add(letter);
        }
        return new Page<>(shown, more ? DeadLetterCursor.of(shown.getLast()).encode() : null);
    }

    public Optional<DeadLetter> find(DeadLetterId id) {
        return job(id).map(BuriedJob::letter);
    }

    /// Sends a letter's job back to the queue, with its attempts at zero; false if it is not there (any more).
    public boolean retry(DeadLetterId id) {
        return job(id).map(this::retry).orElse(false);
    }

    /// Sends these back; returns how many.
    public long retryAll(Collection<DeadLetterId> ids) {
        return ids.stream().filter(this::retry).count();
    }

    /// Sends those that match back, at most [#MAX_AT_ONCE]; returns how many.
    public long retryAll(DeadLetterFilter filter) {
        return handle(filter, this::retry);
    }

    /// Drops a letter for good; false if it is not there (any more).
    public boolean discard(DeadLetterId id) {
        int partition = DeadLetterIds.partition(id);
        return Long.valueOf(1)
                .equals(DISCARD.run(
                        redis, List.of(Keys.dead(partition), Keys.deadIndex(partition)), List.of(id.value())));
    }

    /// Drops these; returns how many.
    public long discardAll(Collection<DeadLetterId> ids) {
        return ids.stream().filter(this::discard).count();
    }

    /// Drops those that match, at most [#MAX_AT_ONCE]; returns how many.
    public long discardAll(DeadLetterFilter filter) {
        return handle(filter, this::discard);
    }

    private boolean retry(BuriedJob job) {
        int partition = DeadLetterIds.partition(job.letter().id());
        return Long.valueOf(1)
                .equals(RETRY.run(
                        redis,
                        List.of(Keys.dead(partition), Keys.deadIndex(partition), Keys.queue(partition)),
                        List.of(job.letter().id().value(), job.sealed(), job.jobId(), String.valueOf(partition))));
    }

    /// Chooses first, without the jobs, which are large; then acts.
    private long handle(DeadLetterFilter filter, Predicate<DeadLetterId> action) {
        List<DeadLetterId> chosen = new ArrayList<>();
        Iterator<BuriedJob> letters = matching(filter, null);
        while (chosen.size() < MAX_AT_ONCE && letters.hasNext()) {
            chosen.add(letters.next().letter().id());
        }
        return chosen.stream().filter(action).count();
    }

    private Optional<BuriedJob> job(DeadLetterId id) {
        int partition = DeadLetterIds.partition(id);
        if (partition >= partitions.count()) {
            return Optional.empty();
        }
        return Optional.ofNullable(RedisFaults.translated(() -> redis.hget(Keys.dead(partition), id.value())))
                .map(json -> Json.read(json, BuriedJob.class));
    }

    /// Merges the partitions' letters, each newest first.
    private Iterator<BuriedJob> matching(DeadLetterFilter filter, @Nullable DeadLetterCursor after) {
        IntStream asked = filter.channelId() == null
                ? IntStream.range(0, partitions.count())
                : IntStream.of(partitions.of(filter.channelId()));
        PriorityQueue<PartitionLetters> heads = new PriorityQueue<>();
        asked.mapToObj(partition -> new PartitionLetters(redis, partition, after, job -> matches(filter, job.letter())))
                .filter(PartitionLetters::hasNext)
                .forEach(heads::add);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public BuriedJob next() {
                PartitionLetters newest = heads.remove();
                BuriedJob next = newest.next();
                if (newest.hasNext()) {
                    heads.add(newest);
                }
                return next;
            }
        };
    }

    private static boolean matches(DeadLetterFilter filter, DeadLetter letter) {
        return (filter.channelId() == null || filter.channelId().equals(letter.channelId()))
                && (filter.reason() == null || filter.reason().equals(letter.failureReason()));
    }
}
