package storm.core.deadletters;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.json.Json;

/// The matching letters of one partition, newest first, read a hundred at a time. Compares by its next letter.
final class PartitionLetters implements Iterator<BuriedJob>, Comparable<PartitionLetters> {
    private static final int CHUNK = 100;

    private final UnifiedJedis redis;
    private final int partition;
    private final @Nullable DeadLetterCursor after;
    private final Predicate<BuriedJob> filter;
    private final Deque<BuriedJob> ahead = new ArrayDeque<>();
    private int read;
    private boolean exhausted;

    PartitionLetters(UnifiedJedis redis, int partition, @Nullable DeadLetterCursor after, Predicate<BuriedJob> filter) {
        this.redis = redis;
        this.partition = partition;
        this.after = after;
        this.filter = filter;
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && !exhausted) {
            readChunk();
        }
        return !ahead.isEmpty();
    }

    @Override
    public BuriedJob next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ahead.removeFirst();
    }

    @Override
    public int compareTo(PartitionLetters other) {
        return DeadLetterCursor.ORDER.compare(head(), other.head());
    }

    private DeadLetterCursor head() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return DeadLetterCursor.of(ahead.getFirst().letter());
    }

    private void readChunk() {
        double top = after == null ? Double.POSITIVE_INFINITY : (double) after.failedAt();
        List<String> ids = RedisFaults.translated(() -> redis.zrange(
                Keys.deadIndex(partition),
                ZRangeParams.zrangeByScoreParams(top, Double.NEGATIVE_INFINITY)
                        .rev()
                        .limit(read, CHUNK)));
        read += ids.size();
        exhausted = ids.size() < CHUNK;
        if (ids.isEmpty()) {
            return;
        }
        for (String json :
                RedisFaults.translated(() -> redis.hmget(Keys.dead(partition), ids.toArray(String[]::new)))) {
            if (json == null) {
                continue; // Handled meanwhile.
            }
            BuriedJob job = Json.read(json, BuriedJob.class);
            boolean later =
                    after == null || DeadLetterCursor.ORDER.compare(after, DeadLetterCursor.of(job.letter())) < 0;
            if (later && filter.test(job)) {
                ahead.addLast(job);
            }
        }
    }
}
